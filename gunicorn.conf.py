"""How gunicorn serves the site; read by gunicorn itself, arguments on its command line win."""

from samenwerking import logs

bind = "127.0.0.1:8000"
workers = 2
threads = 4
raw_env = ["LOG_STREAM=stdout"]
logconfig_dict = logs.config("stdout")
# No access log: an address and a time beside a personal link would tell who answered when.
accesslog = None
