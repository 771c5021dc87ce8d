//! Makes up news in a language that nobody speaks, the same at every run.
//!
//! In: a seed. Out: words, sentences and paragraphs. Words are Zipf-distributed
//! as in real text: the word of rank r comes with a frequency of 1/r.

/// Different words; a newspaper's year has about as many that come more than once.
const VOCABULARY: usize = 60_000;

const ONSETS: [&str; 14] = [
    "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st",
];
const RHYMES: [&str; 7] = ["a", "e", "i", "o", "u", "an", "er"];

/// An endless source of text.
pub(crate) struct Words {
    state: u64,
    /// Summed frequencies by rank.
    cumulative: Vec<f64>,
}

impl Words {
    /// A source that gives the same text for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        let mut total = 0.0;
        let add = |rank: usize| {
            total += 1.0 / rank as f64;
            total
        };
        Self {
            state: seed,
            cumulative: (1..=VOCABULARY).map(add).collect(),
        }
    }

    /// A number from `least` up to `most`.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + (self.next() % (most - least + 1) as u64) as usize
    }

    /// Several words with a capital at the start.
    pub(crate) fn phrase(&mut self, words: usize) -> String {
        let mut text = (0..words)
            .map(|_| self.word())
            .collect::<Vec<_>>()
            .join(" ");
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        text
    }

    /// Paragraphs of a few sentences each, a blank line between them.
    pub(crate) fn paragraphs(&mut self, count: usize) -> String {
        let paragraphs: Vec<String> = (0..count)
            .map(|_| {
                let sentences = self.between(2, 6);
                (0..sentences)
                    .map(|_| self.sentence())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        paragraphs.join("\n\n")
    }

    fn sentence(&mut self) -> String {
        let words = self.between(6, 28);
        self.phrase(words) + "."
    }

    fn word(&mut self) -> String {
        let most = self.cumulative.last().copied().unwrap_or_default();
        let at = self.next() as f64 / u64::MAX as f64 * most;
        let rank = self.cumulative.partition_point(|&sum| sum < at);
        spell(rank)
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Writes a rank as syllables, so that frequent words are short.
fn spell(mut rank: usize) -> String {
    let mut word = String::new();
    loop {
        word.push_str(ONSETS[rank % ONSETS.len()]);
        rank /= ONSETS.len();
        word.push_str(RHYMES[rank % RHYMES.len()]);
        rank /= RHYMES.len();
        if rank == 0 {
            return word;
        }
    }
}
