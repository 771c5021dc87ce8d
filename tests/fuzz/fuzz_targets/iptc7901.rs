//! IPTC 7901 and ANPA 1312.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_format("iptc7901", bytes));
