from concurrent.futures import ThreadPoolExecutor

from config import kept_key


def test_all_processes_of_an_installation_sign_with_one_key(tmp_path):
    file = tmp_path / "var" / "secret_key"

    first = kept_key(file)

    assert len(first) == 64
    assert kept_key(file) == first
    assert file.stat().st_mode & 0o077 == 0
    assert list(file.parent.iterdir()) == [file]


def test_two_that_start_at_once_agree(tmp_path):
    for number in range(20):
        file = tmp_path / f"{number}" / "secret_key"
        file.parent.mkdir()
        with ThreadPoolExecutor(2) as both:
            assert len({*both.map(kept_key, [file, file])}) == 1
