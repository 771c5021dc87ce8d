//! Who is named in a text, and who is quoted.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| search_fuzz::check_people(text));
