//! The order of imports between rooms, and the other invariants of the source.
//!
//! A room is a file or a folder right below `src/`. Rooms are stacked in floors; one
//! imports from its own floor and from those below it, and no rooms import each
//! other in a circle. Tests are free.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the top.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["server", "present"],
    &["insight", "eval"],
    &["search", "ingest", "explain"],
    &["engine", "snippet", "expansion"],
    &["query", "parse", "analysis"],
    &["article", "corpus"],
    &["interval", "rank", "text", "error"],
];

/// Lines that a file may have without its tests.
const MAX_LINES: usize = 500;

/// Files that may be longer, each with its reason.
const LONGER: &[(&str, &str)] = &[];

/// What prints or ends the process.
const PRINTING: &[&str] = &[
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "stdout()",
    "stderr()",
    "process::exit",
    "process::abort",
];

/// A file of the source.
struct Source {
    /// Below `src/`.
    name: String,
    text: String,
}

impl Source {
    /// The room that it is in.
    fn room(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or(&self.name);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Its lines without inline tests and comments.
    fn code(&self) -> impl Iterator<Item = &str> {
        self.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
    }

    /// Its lines without inline tests.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let end = self.text.find("#[cfg(test)]\nmod tests {");
        self.text[..end.unwrap_or(self.text.len())].lines()
    }

    /// The rooms that it names by `crate::`.
    fn imports(&self) -> BTreeSet<String> {
        let mut imports = BTreeSet::new();
        for line in self.code() {
            for (at, found) in line.match_indices("crate::") {
                let rest = &line[at + found.len()..];
                let room: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                assert!(
                    !room.is_empty(),
                    "{}: write one `use` a room: {line}",
                    self.name
                );
                imports.insert(room);
            }
        }
        imports
    }
}

/// All files below `src/`, and of them those that are not only for tests.
fn sources() -> (Vec<Source>, Vec<Source>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| Source {
        name: path
            .strip_prefix(&folder)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned(),
        text: fs::read_to_string(path).unwrap(),
    };
    let all: Vec<_> = paths.iter().map(read).collect();
    assert!(all.len() > 50, "the source is not where it was");
    let tests: BTreeSet<String> = all.iter().flat_map(test_modules).collect();
    let code = paths
        .iter()
        .map(read)
        .filter(|source| !tests.contains(&source.name));
    let code = code.collect();
    (all, code)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// The files that a file declares as modules for tests.
fn test_modules(source: &Source) -> Vec<String> {
    let folder = match source
        .name
        .strip_suffix("mod.rs")
        .or(source.name.strip_suffix("lib.rs"))
    {
        Some(folder) => folder.to_owned(),
        None => source.name.replace(".rs", "/"),
    };
    let declared = source.text.split("#[cfg(test)]\n").skip(1);
    let declared = declared.filter_map(|rest| {
        let line = rest.trim_start().lines().next()?;
        let module = line.rsplit_once("mod ")?.1.strip_suffix(';')?;
        Some(format!("{folder}{module}.rs"))
    });
    declared.collect()
}

fn floor(room: &str) -> usize {
    let floor = FLOORS.iter().rev().position(|rooms| rooms.contains(&room));
    floor.unwrap_or_else(|| panic!("the room {room} has no floor: say where it belongs"))
}

/// The rooms that each room imports, itself left out.
fn imports_by_room() -> BTreeMap<String, BTreeSet<String>> {
    let mut rooms: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for source in sources()
        .1
        .iter()
        .filter(|source| source.name != "lib.rs" && source.name != "main.rs")
    {
        let room = source.room().to_owned();
        let imports = rooms.entry(room.clone()).or_default();
        imports.extend(source.imports().into_iter().filter(|other| *other != room));
    }
    rooms
}

/// Files outside `allowed` whose code has one of the words.
#[track_caller]
fn check_only_in(allowed: &[&str], words: &[&str]) {
    for source in sources().1 {
        if allowed.iter().any(|place| source.name.starts_with(place)) {
            continue;
        }
        for line in source.code() {
            let found = words.iter().find(|word| line.contains(**word));
            assert_eq!(found, None, "src/{}: {line}", source.name);
        }
    }
}

#[test]
fn rooms_import_only_from_floors_below() {
    let mut wrong = Vec::new();
    for (room, imports) in imports_by_room() {
        let above = imports.iter().filter(|other| floor(other) > floor(&room));
        wrong.extend(above.map(|other| format!("{room} imports {other}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_rooms_import_each_other_in_a_circle() {
    let mut rooms = imports_by_room();
    // Whoever imports nothing that is left goes; who stays is in a circle, or above one.
    while let Some(free) = rooms.iter().find(|(_, imports)| imports.is_empty()) {
        let free = free.0.clone();
        rooms.remove(&free);
        rooms.values_mut().for_each(|imports| {
            imports.remove(&free);
        });
    }
    assert!(rooms.is_empty(), "{rooms:#?}");
}

#[test]
fn tantivy_is_known_to_the_embedded_engine_alone() {
    check_only_in(&["engine/embedded/"], &["tantivy"]);
}

#[test]
fn only_the_command_line_prints_or_exits() {
    check_only_in(&["cli/", "main.rs"], PRINTING);
}

#[test]
fn serialized_types_live_where_formats_are_spelled() {
    let allowed = ["parse/", "present/", "engine/", "eval/", "error.rs"];
    check_only_in(&allowed, &["Serialize", "Deserialize"]);
}

#[test]
fn every_file_opens_with_a_header() {
    for source in sources().0 {
        assert!(
            source.text.starts_with("//! "),
            "src/{} has no header",
            source.name
        );
    }
}

#[test]
fn no_file_is_too_long() {
    for source in sources().1 {
        let lines = source.lines().count();
        let excused = LONGER.iter().any(|(name, _)| *name == source.name);
        assert!(
            lines <= MAX_LINES || excused,
            "src/{} has {lines} lines",
            source.name
        );
    }
}
