//! Dates in any notation.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| search_fuzz::check_date(text));
