//! Tells the linker how to link the program.

/// On Linux the program is linked to a fixed address. It has sixty thousand pointers in
/// its tables, and to shift them all at every start took a fourth of a query's time.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bin=search=-no-pie");
    }
}
