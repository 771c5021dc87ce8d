//! Sizes of memory as users write them.

/// Reads a size in bytes: a number, then B, KB, MB or GB (powers of 1000).
pub(super) fn parse_bytes(text: &str) -> Result<usize, String> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .trim_end();
    let unit: usize = match &upper[digits.len()..].trim_start() {
        &"" | &"B" => 1,
        &"K" | &"KB" => 1_000,
        &"M" | &"MB" => 1_000_000,
        &"G" | &"GB" => 1_000_000_000,
        _ => return Err("write a size such as 512MB or 2GB".to_owned()),
    };
    let number: usize = digits
        .parse()
        .map_err(|_| "write a size such as 512MB or 2GB".to_owned())?;
    match number.checked_mul(unit) {
        Some(bytes) if bytes >= 15_000_000 => Ok(bytes),
        Some(_) => Err("at least 15MB are needed".to_owned()),
        None => Err("that is more than any machine has".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_and_a_floor() {
        assert_eq!(parse_bytes("512MB"), Ok(512_000_000));
        assert_eq!(parse_bytes("2 gb"), Ok(2_000_000_000));
        assert!(parse_bytes("1MB").is_err());
        assert!(parse_bytes("many").is_err());
        assert!(parse_bytes("99999999999999GB").is_err());
    }
}
