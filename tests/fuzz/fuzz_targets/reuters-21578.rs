//! Reuters-21578 SGML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("reuters-21578", bytes));
