//! NewsML-G2.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("newsml-g2", bytes));
