//! Exports of news databases as web pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("news-export-html", bytes));
