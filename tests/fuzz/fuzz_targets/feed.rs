//! RSS, Atom, RDF and WordPress feeds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("feed", bytes));
