//! Damage, full disks, and two runs at once.

use std::fs::{self, File};
use std::process::Command;

use super::workspace::{Run, Workspace, markdown, record};

fn archive() -> Workspace {
    let work = Workspace::new();
    work.file(
        "news/a.md",
        &markdown("Grain", "2025-01-01", "Grain exports rose."),
    )
    .file(
        "news/wire.jsonl",
        &["x", "y"].map(|id| record(id, "oil exports fell")).concat(),
    )
    .index(&["news"]);
    work
}

#[test]
fn a_damaged_index_is_told_and_can_be_rebuilt() {
    for ending in [".term", ".idx", ".pos", ".fast", ".store", ".fieldnorm"] {
        for keep in [0, 1, 2] {
            let work = archive();
            for path in work.index_files(ending) {
                // Nothing, half of it, or all but the last bytes.
                let bytes = fs::read(&path).unwrap();
                let kept = [0, bytes.len() / 2, bytes.len() - 3][keep];
                fs::write(&path, &bytes[..kept]).unwrap();
            }
            work.run(&["query", "\"oil exports\"", "--sort", "newest"])
                .fails_with(&["cannot read the index", "search index --rebuild"]);
            work.index(&["--rebuild"]);
            assert_eq!(work.all_ids(), ["a.md", "x", "y"]);
        }
    }
}

#[test]
fn no_flipped_bits_make_the_program_panic() {
    let work = archive();
    for path in [".fast", ".term", ".store", ".idx"]
        .iter()
        .flat_map(|ending| work.index_files(ending))
    {
        let sound = fs::read(&path).unwrap();
        for at in (0..sound.len()).step_by(sound.len() / 12 + 1) {
            let mut bytes = sound.clone();
            bytes[at] ^= 0b1010_0101;
            fs::write(&path, &bytes).unwrap();
            let run = work.run(&["query", "oil OR grain", "--sort", "newest"]);
            assert!((0..=2).contains(&run.status), "{run:#?}");
            assert!(
                run.status < 2 || run.stderr.contains("search index --rebuild"),
                "{run:#?}"
            );
        }
        fs::write(&path, &sound).unwrap();
    }
}

#[test]
fn a_missing_file_of_the_index_is_told() {
    for name in ["meta.json", ".store", ".term"] {
        let work = archive();
        for path in work.index_files(name) {
            fs::remove_file(path).unwrap();
        }
        let run = work
            .run(&["query", "oil"])
            .fails_with(&[name, "search index --rebuild"]);
        assert!(!run.stderr.contains("DoesNotExist"), "{}", run.stderr);
    }
}

#[test]
fn a_damaged_description_is_told() {
    let work = archive();
    for path in work.index_files("meta.json") {
        fs::write(path, "{\"segments\": [").unwrap();
    }
    work.run(&["query", "oil"]).fails_with(&[
        "cannot read the index: meta.json is damaged\n",
        "search index --rebuild",
    ]);
    // What the damaged file holds no longer tells what to rebuild.
    work.run(&["index", "--rebuild"]).fails_with(&[
        "it is not known what the index was built from",
        "name the folders: search index --rebuild PATH",
    ]);
    work.index(&["--rebuild", "news"]);
    assert_eq!(work.all_ids(), ["a.md", "x", "y"]);
}

#[test]
fn a_pointer_to_nowhere_is_told() {
    for text in ["", "../../etc", "generation-77"] {
        let work = archive();
        work.file(".search/current", text);
        let run = work
            .run(&["query", "oil"])
            .fails_with(&["index", "rebuild"]);
        assert!(!run.stderr.contains("DoesNotExist"), "{}", run.stderr);
        work.index(&["--rebuild", "news"]);
        assert_eq!(work.all_ids(), ["a.md", "x", "y"]);
    }
}

#[test]
fn a_second_writer_is_refused_and_readers_go_on() {
    let work = archive();
    let lock = File::options()
        .write(true)
        .open(work.path(".search/lock"))
        .unwrap();
    lock.lock().unwrap();
    for arguments in [&["index", "news"][..], &["index", "--rebuild"]] {
        work.run(arguments)
            .fails_with(&["another `search index` is writing to .search", "wait"]);
    }
    work.run(&["query", "oil"]).ok();
    drop(lock);
    work.index(&["news"]);
}

#[test]
fn a_full_disk_is_told_and_the_last_commit_stays() {
    let work = archive();
    let records: String = (0..400)
        .map(|id| {
            record(
                &format!("n{id}"),
                &format!("wheat {id} rose by {}", id * id),
            )
        })
        .collect();
    work.file("news/more.jsonl", &records);
    for arguments in ["index news", "index --rebuild"] {
        let mut shell = Command::new("sh");
        // No file may grow beyond a few kilobytes; the signal that goes with it is ignored.
        let program = env!("CARGO_BIN_EXE_search");
        shell.args([
            "-c",
            &format!("trap '' XFSZ; ulimit -f 12; exec {program} {arguments}"),
        ]);
        Run::of(work.confine(shell))
            .fails_with(&["cannot write the index in .search", "free some room"]);
        assert_eq!(work.all_ids(), ["a.md", "x", "y"], "{arguments}");
    }
    work.index(&["news"]);
    assert_eq!(work.all_ids().len(), 403);
}

#[test]
fn an_index_that_may_not_be_made_is_told() {
    let work = archive();
    let run = work
        .run(&["index", "news", "--index", "/proc/none"])
        .status(2);
    assert!(
        run.stderr
            .starts_with("search: cannot make the index folder /proc/none"),
        "{}",
        run.stderr
    );
    work.file("file", "not a folder");
    let run = work.run(&["index", "news", "--index", "file"]).status(2);
    assert!(run.stderr.starts_with("search: cannot "), "{}", run.stderr);
}
