//! Queries in our own language.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| search_fuzz::check_query(text));
