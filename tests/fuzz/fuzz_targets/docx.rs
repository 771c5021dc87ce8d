//! Zips of office documents: this format takes any.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("docx", bytes));
