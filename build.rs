//! Tells the linker how to link the program.

/// On Linux the program is linked to a fixed address. Its tables are full of pointers, and
/// to shift them all at every start took a fourth of a query's time. The price is that the
/// program's own code is at the same place in every run; stack, heap and shared libraries
/// are not, and all code of this crate is safe Rust.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    let is_static = std::env::var("CARGO_CFG_TARGET_FEATURE")
        .is_ok_and(|features| features.split(',').any(|feature| feature == "crt-static"));
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bin=search=-no-pie");
    }
}
