"""Taking what was erased out of SQLite's log keeps nobody from writing."""

import threading

from sqlalchemy import create_engine, text

from advocacy.extensions import forget_erased, writing


def test_writers_come_in_while_a_reader_keeps_the_log_from_being_cut(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'data.db'}")
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE notes (words TEXT)"))
    with engine.connect() as reader:
        reader.execute(text("SELECT * FROM notes")).all()  # and stays
        with writing(engine).begin() as connection:
            connection.execute(text("INSERT INTO notes VALUES ('before')"))
        forgetting = threading.Thread(target=forget_erased, args=(engine,))
        forgetting.start()
        with writing(engine).begin() as connection:
            connection.execute(text("INSERT INTO notes VALUES ('meanwhile')"))
        assert reader.execute(text("SELECT count(*) FROM notes")).scalar() == 0
        forgetting.join()
    log = tmp_path / "data.db-wal"
    assert log.stat().st_size > 0
    forget_erased(engine)  # nobody reads now
    assert log.stat().st_size == 0
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM notes")).scalar() == 2
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() > 0
    engine.dispose()
