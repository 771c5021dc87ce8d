//! Words of a text, in the forms that are indexed and searched.
//!
//! In: text in NFC, and its language. Out: tokens with their place in the text,
//! their position, and two forms each: *exact* (case and Latin marks folded)
//! and *stem* (inflections folded too). Every engine gets its tokens from here,
//! so a query means the same everywhere.
//!
//! [`sentences`] says the same for sentences, [`people`](people()) for the people whom an
//! article names, and [`quotations`](quotations()) for what is said in it; who says it, under
//! any spelling of the name ([`spelling_key`]), [`attribution`](attribution()) puts together.
//!
//! Which articles match, and where tokens are kept, is left to the engines.

mod attribution;
mod fold;
mod function_word;
mod kinds;
mod language;
mod language_code;
mod lexicon;
mod outlet;
mod pattern;
mod people;
mod quotations;
mod sentence;
mod spelling;
mod terms;
mod token;

pub use attribution::{
    AttributedQuotation, AttributedText, Attribution, Naming, TITLE, attribution, name_keys,
    name_words,
};
pub use function_word::is_function_word;
pub use language::Language;
pub use language_code::language_code;
pub use lexicon::{Forms, Lexicon, Lexicons};
pub use outlet::{known_outlet, outlet_alias, outlet_name};
pub use pattern::{TermTest, edit_automaton, is_wildcard, masked, unmasked, word_regex};
pub use people::{Mention, People, Person, people};
pub use quotations::{Quotation, Speaker, quotations};
pub use sentence::{SentenceStarts, Sentences, sentences};
pub use spelling::spelling_key;
pub use terms::{Term, WordForm, readings};
pub use token::{Token, Tokens, tokens};

/// Changes whenever the same text would yield other tokens, people or speakers than before;
/// an index built with another value is refused.
pub const ANALYSIS_VERSION: u32 = 5;
