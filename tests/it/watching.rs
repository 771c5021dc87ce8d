//! A run that stays and keeps the index in step.
//!
//! The runs here are real; the index is asked until it says what is expected.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};

use super::workspace::{Run, Running, Workspace, markdown, record};

/// An article whose text says where it is.
fn article(name: &str) -> String {
    markdown(
        "Grain",
        "2025-01-01",
        &format!("Grain exports rose, says {name}."),
    )
}

/// Two articles below `news`.
fn archive() -> Workspace {
    let work = Workspace::new();
    for name in ["a/1.md", "b/2.md"] {
        work.file(&format!("news/{name}"), &article(name));
    }
    work
}

/// Starts to watch, and waits until the first round is over.
fn start(work: &Workspace, arguments: &[&str]) -> Running {
    let arguments = [&["index", "--watch", "--threads", "2"], arguments].concat();
    let mut running = Running::start(work.command(&arguments));
    running.wait_until("the index", || work.run(&["export"]).status == 0);
    running
}

/// Waits until the index holds just these articles.
#[track_caller]
fn wait_for_ids(running: &mut Running, work: &Workspace, expected: &[&str]) {
    let last = std::cell::RefCell::new(Vec::new());
    let holds = || {
        // Readers always get an answer.
        let run = work.run(&["export"]);
        assert!(run.status < 2, "{run:#?}");
        let mut ids = run.ids();
        ids.sort();
        *last.borrow_mut() = ids;
        std::thread::sleep(std::time::Duration::from_millis(50));
        *last.borrow() == expected
    };
    running.wait_until(&format!("{expected:?}"), holds);
}

/// Stops it as ^C does.
#[track_caller]
fn stop(running: Running) -> Run {
    running.signal("INT");
    running.end().status(0)
}

#[test]
fn files_that_come_change_move_and_go() {
    let work = archive();
    let mut running = start(&work, &["news"]);
    work.file("news/a/3.md", &article("a/3.md"));
    wait_for_ids(&mut running, &work, &["a/1.md", "a/3.md", "b/2.md"]);
    work.rename("news/a/3.md", "news/b/4.md");
    wait_for_ids(&mut running, &work, &["a/1.md", "b/2.md", "b/4.md"]);
    work.remove("news/a/1.md");
    wait_for_ids(&mut running, &work, &["b/2.md", "b/4.md"]);
    // As editors do it.
    work.file(
        "news/b/.2.md.swp",
        &markdown("Oil", "2025-01-01", "Oil prices fell."),
    )
    .rename("news/b/.2.md.swp", "news/b/2.md");
    running.wait_until("the new text", || work.run(&["query", "oil"]).status == 0);
    let run = stop(running);
    assert!(run.stderr.contains("  1 added\n"), "{run:#?}");
    assert!(run.stderr.contains("  1 updated\n"), "{run:#?}");
    assert!(run.stdout.starts_with("articles  2 added"), "{run:#?}");
    assert_eq!(work.index(&["news"])["articles"]["unchanged"], 2);
}

#[test]
fn folders_that_come_move_and_go() {
    let work = archive();
    let mut running = start(&work, &["news"]);
    work.file("news/c/d/3.md", &article("c/d/3.md"));
    wait_for_ids(&mut running, &work, &["a/1.md", "b/2.md", "c/d/3.md"]);
    work.file(
        "news/c/d/4.jsonl",
        &(record("x", "grain") + &record("y", "grain")),
    );
    wait_for_ids(
        &mut running,
        &work,
        &["a/1.md", "b/2.md", "c/d/3.md", "x", "y"],
    );
    work.rename("news/c", "news/e");
    wait_for_ids(
        &mut running,
        &work,
        &["a/1.md", "b/2.md", "e/d/3.md", "x", "y"],
    );
    // What is below a folder that was renamed is still seen.
    work.file("news/e/d/5.md", &article("e/d/5.md"));
    wait_for_ids(
        &mut running,
        &work,
        &["a/1.md", "b/2.md", "e/d/3.md", "e/d/5.md", "x", "y"],
    );
    work.rename("news/e", "elsewhere").remove("news/b");
    wait_for_ids(&mut running, &work, &["a/1.md"]);
    work.file("elsewhere/d/6.md", &article("6.md"))
        .file("news/a/7.md", &article("a/7.md"));
    wait_for_ids(&mut running, &work, &["a/1.md", "a/7.md"]);
    stop(running);
}

#[test]
fn ignore_files_and_globs_are_heeded() {
    let work = archive();
    work.file("news/.searchignore", "*.tmp\n");
    let mut running = start(&work, &["news", "-g", "!b/**"]);
    wait_for_ids(&mut running, &work, &["a/1.md"]);
    work.file("news/a/3.tmp", &article("3.tmp"))
        .file("news/a/4.md", &article("4.md"));
    wait_for_ids(&mut running, &work, &["a/1.md", "a/4.md"]);
    work.file("news/a/.searchignore", "!3.tmp\n1.md\n");
    wait_for_ids(&mut running, &work, &["a/3.tmp", "a/4.md"]);
    work.remove("news/a/.searchignore");
    wait_for_ids(&mut running, &work, &["a/1.md", "a/4.md"]);
    stop(running);
}

#[test]
fn the_index_may_lie_in_the_folder_and_other_runs_may_write() {
    let work = archive();
    let mut running = start(&work, &["."]);
    work.file("more/3.md", &article("3.md"));
    wait_for_ids(
        &mut running,
        &work,
        &["more/3.md", "news/a/1.md", "news/b/2.md"],
    );
    work.index(&["--rebuild"]);
    work.file("news/4.md", &article("4.md"));
    wait_for_ids(
        &mut running,
        &work,
        &["more/3.md", "news/4.md", "news/a/1.md", "news/b/2.md"],
    );
    stop(running);
}

#[test]
fn a_root_that_goes_and_comes_back() {
    let work = archive();
    work.folder("more");
    let mut running = start(&work, &["news", "more"]);
    work.rename("news", "old");
    // Its articles stay, as it may be a drive.
    work.file("old/c/3.md", &article("c/3.md")).remove("old/b");
    work.file("more/4.md", &article("4.md"));
    wait_for_ids(&mut running, &work, &["4.md", "a/1.md", "b/2.md"]);
    work.rename("old", "news");
    wait_for_ids(&mut running, &work, &["4.md", "a/1.md", "c/3.md"]);
    work.file("news/5.md", &article("5.md"));
    wait_for_ids(&mut running, &work, &["4.md", "5.md", "a/1.md", "c/3.md"]);
    let run = stop(running);
    assert!(
        run.stderr
            .contains("news is gone; its articles stay until it is back"),
        "{run:#?}"
    );
    assert!(run.stderr.contains("news is back"), "{run:#?}");
}

#[test]
fn a_folder_above_the_root_is_renamed() {
    let work = Workspace::new();
    work.file("home/news/1.md", &article("1.md"))
        .folder("index");
    let index = work.path("index");
    let mut command = work.command(&[
        "index",
        "--watch",
        "news",
        "--index",
        index.to_str().unwrap(),
    ]);
    command.current_dir(work.path("home"));
    let mut running = Running::start(command);
    let ids = || {
        let run = work.run(&["export", "--index", "index"]);
        run.ids()
    };
    running.wait_until("the index", || ids() == ["1.md"]);
    work.rename("home", "house")
        .file("house/news/2.md", &article("2.md"));
    running.wait_until("the new file", || {
        let mut ids = ids();
        ids.sort();
        ids == ["1.md", "2.md"]
    });
    stop(running);
}

#[test]
fn files_as_roots_and_links() {
    let work = archive();
    work.file("far/3.md", &article("3.md"));
    symlink(work.path("far/3.md"), work.path("news/b/link.md")).unwrap();
    let mut running = start(&work, &["news/a/1.md", "news/b"]);
    wait_for_ids(&mut running, &work, &["1.md", "2.md", "link.md"]);
    fs::write(
        work.path("far/3.md"),
        markdown("Oil", "2025-01-01", "Oil prices fell."),
    )
    .unwrap();
    running.wait_until("the change behind a link", || {
        work.run(&["query", "oil"]).status == 0
    });
    work.file(
        "news/a/new",
        &markdown("Gas", "2025-01-01", "Pipelines of gas."),
    )
    .rename("news/a/new", "news/a/1.md");
    running.wait_until("the change of a file", || {
        work.run(&["query", "gas"]).status == 0
    });
    stop(running);
}

#[test]
fn rounds_are_objects_in_json() {
    let work = archive();
    let mut running = start(&work, &["news", "--format", "json"]);
    work.file("news/a/3.md", &article("3.md"));
    wait_for_ids(&mut running, &work, &["a/1.md", "a/3.md", "b/2.md"]);
    // What changes nothing is no round to tell of.
    work.file("news/a/.hidden", "x").folder("news/empty");
    work.file("news/b/4.jsonl", &(record("x", "grain") + "{\"broken\n"));
    wait_for_ids(&mut running, &work, &["a/1.md", "a/3.md", "b/2.md", "x"]);
    let rounds = stop(running).json_lines();
    let added: Vec<_> = rounds
        .iter()
        .map(|round| &round["articles"]["added"])
        .collect();
    assert_eq!(added, [2, 1, 1]);
    assert_eq!(rounds[2]["problems"]["malformed"], 1);
}

#[test]
fn files_that_are_being_written_are_read_again() {
    let work = archive();
    let mut running = start(&work, &["news"]);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut text = String::new();
            for number in 0..60 {
                text += &record(&format!("r{number:02}"), "grain");
                work.file("news/live.jsonl", &text);
                std::thread::sleep(std::time::Duration::from_millis(60));
            }
            over.store(true, Ordering::Relaxed);
        });
        let all = || work.run(&["export"]).ids().len() == 62;
        running.wait_until("all records", all);
    });
    assert!(over.load(Ordering::Relaxed));
    stop(running);
}
