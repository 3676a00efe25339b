"""The site as processes: one that watches, one that serves pages, one that does the jobs.

    preparing.prepare(home)       database, key, checks, migrations, static files
    supervising.serve(…)          both processes, started again when they die, stopped together
    site_process, worker_process  what the two are

Whoever starts the site ends it: when the watching process goes, in whatever way, so do both.
"""
