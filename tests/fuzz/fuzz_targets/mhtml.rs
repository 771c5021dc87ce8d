//! Web pages saved with all that they show.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("mhtml", bytes));
