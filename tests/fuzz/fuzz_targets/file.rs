//! Any file: unpacked, recognised, parsed.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| search_fuzz::check_file(bytes));
