//! Trafilatura's XML and TEI.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("trafilatura-xml", bytes));
