//! Queries in the languages of other tools.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| search_fuzz::check_dialects(text));
