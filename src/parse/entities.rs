//! Character references of HTML: `&amp;`, `&#8217;`, `&#x2019;`.
//!
//! In: text at an ampersand. Out: the character, if it is a reference to one.

use memchr::memchr;

/// The character of the entity that starts here, and the entity's length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    const MAX_NAME_BYTES: usize = 10;
    let bytes = text.as_bytes();
    let end = memchr(b';', &bytes[..bytes.len().min(MAX_NAME_BYTES + 2)])?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|&c| c != '\0')
}

/// The entities that texts use.
#[rustfmt::skip]
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}'),
    ("rsquo", '’'), ("lsquo", '‘'), ("ldquo", '“'), ("rdquo", '”'), ("sbquo", '‚'), ("bdquo", '„'),
    ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("bull", '•'), ("middot", '·'), ("laquo", '«'),
    ("raquo", '»'), ("lsaquo", '‹'), ("rsaquo", '›'), ("copy", '©'), ("reg", '®'), ("trade", '™'),
    ("euro", '€'), ("pound", '£'), ("yen", '¥'), ("cent", '¢'), ("sect", '§'), ("para", '¶'),
    ("deg", '°'), ("plusmn", '±'), ("times", '×'), ("divide", '÷'), ("frac12", '½'),
    ("frac14", '¼'), ("frac34", '¾'), ("sup2", '²'), ("sup3", '³'), ("micro", 'µ'), ("iexcl", '¡'),
    ("iquest", '¿'), ("ordf", 'ª'), ("ordm", 'º'), ("shy", '\u{ad}'), ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'), ("thinsp", '\u{2009}'), ("zwnj", '\u{200c}'), ("zwj", '\u{200d}'),
    ("prime", '′'), ("minus", '−'), ("dagger", '†'), ("larr", '←'), ("rarr", '→'), ("lsqb", '['),
    ("rsqb", ']'), ("Agrave", 'À'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Atilde", 'Ã'), ("Auml", 'Ä'),
    ("Aring", 'Å'), ("AElig", 'Æ'), ("Ccedil", 'Ç'), ("Egrave", 'È'), ("Eacute", 'É'),
    ("Ecirc", 'Ê'), ("Euml", 'Ë'), ("Igrave", 'Ì'), ("Iacute", 'Í'), ("Icirc", 'Î'), ("Iuml", 'Ï'),
    ("ETH", 'Ð'), ("Ntilde", 'Ñ'), ("Ograve", 'Ò'), ("Oacute", 'Ó'), ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'), ("Ouml", 'Ö'), ("Oslash", 'Ø'), ("Ugrave", 'Ù'), ("Uacute", 'Ú'),
    ("Ucirc", 'Û'), ("Uuml", 'Ü'), ("Yacute", 'Ý'), ("THORN", 'Þ'), ("szlig", 'ß'), ("agrave", 'à'),
    ("aacute", 'á'), ("acirc", 'â'), ("atilde", 'ã'), ("auml", 'ä'), ("aring", 'å'), ("aelig", 'æ'),
    ("ccedil", 'ç'), ("egrave", 'è'), ("eacute", 'é'), ("ecirc", 'ê'), ("euml", 'ë'),
    ("igrave", 'ì'), ("iacute", 'í'), ("icirc", 'î'), ("iuml", 'ï'), ("eth", 'ð'), ("ntilde", 'ñ'),
    ("ograve", 'ò'), ("oacute", 'ó'), ("ocirc", 'ô'), ("otilde", 'õ'), ("ouml", 'ö'),
    ("oslash", 'ø'), ("ugrave", 'ù'), ("uacute", 'ú'), ("ucirc", 'û'), ("uuml", 'ü'),
    ("yacute", 'ý'), ("thorn", 'þ'), ("yuml", 'ÿ'), ("OElig", 'Œ'), ("oelig", 'œ'), ("Scaron", 'Š'),
    ("scaron", 'š'),
];
