"""What is slow is computed once, and anew when it could be another."""

from hooks import cache


def slow(calls):
    @cache.kept
    def length(text, words=()):
        calls.append(text)
        return [text, len(text), *words]

    return length


def test_a_result_is_kept_for_the_next_build(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "KEPT", tmp_path)
    calls = []
    assert slow(calls)("a – b", ("c",)) == ["a – b", 5, "c"]
    assert slow(calls)("a – b", ("c",)) == ["a – b", 5, "c"]  # as another process asks
    assert calls == ["a – b"]
    slow(calls)("a – b", ("d",))
    assert len(calls) == 2


def test_it_is_computed_anew_when_a_hook_or_a_library_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "KEPT", tmp_path)
    calls = []
    slow(calls)("text")
    monkeypatch.setattr(cache, "_state", lambda: "another")
    slow(calls)("text")
    assert calls == ["text", "text"]


def test_the_state_is_that_of_the_files(tmp_path, monkeypatch):
    (tmp_path / "hooks").mkdir()
    for name in ("hooks/one.py", "requirements.txt", "package-lock.json"):
        (tmp_path / name).write_text("1")
    monkeypatch.setattr(cache, "ROOT", tmp_path)
    states = set()
    for name in ("", "hooks/one.py", "requirements.txt", "package-lock.json"):
        if name:
            (tmp_path / name).write_text(f"2 of {name}")
        states.add(cache._state.__wrapped__())
    assert len(states) == 4


def test_half_a_file_is_computed_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "KEPT", tmp_path)
    calls = []
    slow(calls)("text")
    [file] = tmp_path.rglob("*.json")
    file.write_text('["te')
    assert slow(calls)("text") == ["text", 4]
    assert len(calls) == 2 and file.read_text() == '["text", 4]'


def test_old_results_go(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "KEPT", tmp_path)
    monkeypatch.setattr(cache, "MOST", 3)
    for number in range(5):
        slow([])(f"text {number}")
    assert len([*tmp_path.rglob("*.json")]) == 3
