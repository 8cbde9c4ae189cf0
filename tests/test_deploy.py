"""What stands in deploy/ is valid, confines the site in every way there is, and agrees with the site and its image."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.cluster import free_port
from tests.samenwerking.test_settings import SAFE, read_settings
from tests.served import GUNICORN

ROOT = settings.BASE_DIR
DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
CHECKS = ROOT / "build" / "deploy-checks"
NGINX = (DEPLOY / "compose" / "nginx.conf").read_text()

MANIFESTS = [
    manifest
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for manifest in yaml.safe_load_all(path.read_text())
]
DEPLOYMENTS = [manifest for manifest in MANIFESTS if manifest["kind"] == "Deployment"]
RESTORE = yaml.safe_load((DEPLOY / "kubernetes" / "restore" / "pod.yaml").read_text())
PODS = [deployment["spec"]["template"] for deployment in DEPLOYMENTS] + [RESTORE]
COMPOSE = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def test_every_pod_runs_as_nobody_and_may_do_nothing():
    assert len(DEPLOYMENTS) == 3
    for pod in [pod["spec"] for pod in PODS]:
        assert pod["automountServiceAccountToken"] is False
        confined = {"runAsNonRoot": True, "runAsUser": 10001, "runAsGroup": 10001, "fsGroup": 10001}
        assert pod["securityContext"] == confined | {"seccompProfile": {"type": "RuntimeDefault"}}
        for container in pod.get("initContainers", []) + pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "privileged": False,
                "readOnlyRootFilesystem": True,
                "runAsNonRoot": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["requests"].keys() >= {"cpu", "memory"}
            assert "memory" in container["resources"]["limits"]
            assert container["envFrom"] == [
                {"configMapRef": {"name": "samenwerking"}},
                {"secretRef": {"name": "samenwerking"}},
            ]


def test_what_a_pod_writes_stays_in_its_memory_and_fits_there():
    """As with tmpfs elsewhere: a node's disk would keep open answers and addresses of a file that was taken away."""
    for pod in [pod["spec"] for pod in PODS]:
        [written] = [volume["emptyDir"] for volume in pod["volumes"]]
        assert written["medium"] == "Memory"
        [container] = pod["containers"]
        assert mebibytes(container["resources"]["limits"]["memory"]) >= mebibytes(written["sizeLimit"]) + 768


def mebibytes(size):
    return int(size[:-2]) * {"Mi": 1, "Gi": 1024}[size[-2:]]


def test_probes_ask_addresses_that_answer_by_any_name(client, db):
    [web] = [
        one["spec"]["template"]["spec"]["containers"][0] for one in DEPLOYMENTS if "web" in one["metadata"]["name"]
    ]
    asked = {probe: web[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert asked == {
        "startupProbe": "/gezond/leeft/",
        "livenessProbe": "/gezond/leeft/",
        "readinessProbe": "/gezond/klaar/",
    }
    for path in asked.values():
        assert client.get(path, headers={"host": "10.1.2.3:8000"}).status_code == 200


def test_pods_are_reached_and_reach_out_only_as_a_policy_says():
    policies = [manifest["spec"] for manifest in MANIFESTS if manifest["kind"] == "NetworkPolicy"]
    [general] = [policy for policy in policies if set(policy["policyTypes"]) == {"Ingress", "Egress"}]
    assert "ingress" not in general  # so nothing comes in but by another policy
    for pod in PODS:
        labels = pod["metadata"]["labels"].items()
        assert general["podSelector"]["matchLabels"].items() <= labels
    assert all(rule.get("to") for rule in general["egress"])


def test_the_pod_in_which_one_restores_gets_no_visitors_and_holds_no_database():
    """Restoring refuses while anybody else is connected; and whoever applies the folder starts no such pod."""
    [service] = [manifest["spec"]["selector"] for manifest in MANIFESTS if manifest["kind"] == "Service"]
    assert not service.items() <= RESTORE["metadata"]["labels"].items()
    assert RESTORE["spec"]["restartPolicy"] == "Never"
    [container] = RESTORE["spec"]["containers"]
    assert container["command"][0] == "sleep"
    assert container["image"] in {one["spec"]["template"]["spec"]["containers"][0]["image"] for one in DEPLOYMENTS}


def test_backups_are_made_as_root_and_not_as_the_user_of_the_site():
    """What confines the other units sets their user, and holds for names that begin with `samenwerking-`."""
    unit = (UNITS / "backup-samenwerking.service").read_text()
    assert "User=" not in unit
    assert [path.name for path in UNITS.glob("*.service.d")] == ["samenwerking-.service.d"]
    [program, folder, command] = re.findall(r"(?m)^ExecStart=(.+)$", unit)[0].split()
    assert os.access(program.replace("/srv/samenwerking", str(ROOT)), os.X_OK)
    assert f"ReadWritePaths={folder}\n" in unit
    page = (ROOT / "docs" / "beheer.md").read_text()
    assert f"install -d -m 700 {folder}\n" in page
    assert f"install deploy/{Path(command).name} {Path(command).parent}/" in page


def test_no_secret_stands_in_a_file_and_every_setting_is_one_of_the_site():
    known = (ROOT / "samenwerking" / "settings.py").read_text() + (ROOT / "gunicorn.conf.py").read_text()
    [config] = [manifest["data"] for manifest in MANIFESTS if manifest["kind"] == "ConfigMap"]
    lines = (DEPLOY / "compose" / "settings.env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert [name for name in (*config, *example) if f'"{name}"' not in known] == []
    assert [value for name, value in (config | example).items() if "SECRET" in name and value] == []
    assert not any(manifest["kind"] == "Secret" for manifest in MANIFESTS)
    read_settings(**config, DATABASE_URL="postgres:///x")


def test_compose_confines_the_site_and_starts_it_after_its_database():
    assert set(OURS) == {"prepare", "web", "worker", "due"}
    for name, service in OURS.items():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "ports" not in service  # only the proxy is reached from elsewhere
        waits = service["depends_on"]
        assert waits == (
            {"database": {"condition": "service_healthy"}}
            if name == "prepare"
            else {"prepare": {"condition": "service_completed_successfully"}}
        )
    command = COMPOSE["services"]["database"]["command"]
    assert {"wal_recycle=off", "min_wal_size=32MB"} <= set(command)


def test_the_proxy_of_compose_is_the_documented_one():
    def directives(text):
        lines = (line.split("#")[0].strip() for line in text.splitlines())
        return [line for line in lines if line]

    documented = directives((ROOT / "docs" / "nginx.conf").read_text())
    own = directives(NGINX)
    differing = {line.split()[0] for line, other in zip(own, documented, strict=True) if line != other}
    assert differing == {"error_log", "server_name", "ssl_certificate", "ssl_certificate_key", "proxy_pass"}


def test_every_command_that_is_started_is_one_of_ours():
    commands = [deployment["spec"]["template"]["spec"] for deployment in DEPLOYMENTS]
    started = [c.get("command", []) for pod in commands for c in pod["initContainers"] + pod["containers"]]
    started += [service.get("command", []) for service in OURS.values()]
    started += [
        line.split("=", 1)[1].split()
        for unit in UNITS.glob("*.service")
        for line in unit.read_text().splitlines()
        if line.startswith("Exec")
    ]
    found = {command[command.index("manage.py") + 1] for command in started if "manage.py" in command}
    assert found == {"prepare_database", "db_worker", "due"}
    for name in found:
        subprocess.run([sys.executable, "manage.py", name, "--help"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


# By the programs of others


@pytest.fixture
def tool():
    def run(name, *arguments):
        environment = os.environ | {"PYTHONPATH": str(CHECKS)}
        done = subprocess.run(
            [CHECKS / "bin" / name, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run


@pytest.mark.long
@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_kubernetes_takes_the_manifests(tool, version):
    for path in (DEPLOY / "kubernetes").rglob("*.yaml"):
        tool("kubernetes-validate", "--strict", "-k", version, path)


@pytest.mark.long
def test_the_containerfile_is_clean(tool):
    tool("hadolint", "--failure-threshold", "style", ROOT / "Containerfile")


@pytest.mark.long
def test_compose_takes_its_file(tmp_path):
    folder = tmp_path / "deploy" / "compose"
    shutil.copytree(DEPLOY / "compose", folder)
    for example in folder.glob("*.example"):
        example.rename(example.with_suffix(""))
    text = (folder / "compose.yaml").read_text()
    (folder / "compose.yaml").write_text(text.replace("name: samenwerking\n", "", 1))  # Debian 12's program is older
    subprocess.run(["docker-compose", "config", "--quiet"], cwd=folder, check=True)


@pytest.fixture
def units(tmp_path):
    """Returns a copy of the units whose paths are those of this machine."""
    folder = Path(shutil.copytree(UNITS, tmp_path / "systemd"))
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_text(path.read_text().replace("/srv/samenwerking", str(ROOT)))
    return folder


@pytest.mark.long
def test_systemd_takes_the_units_and_finds_little_to_attack(units):
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{units}:"}
    files = sorted(str(path) for path in units.iterdir() if path.is_file())
    verified = subprocess.run(["systemd-analyze", "verify", *files], env=environment, capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    for service in units.glob("*.service"):
        command = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(service)]  # of 100
        judged = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert judged.returncode == 0, judged.stdout[-300:]


@pytest.mark.long
def test_gunicorn_serves_at_the_address_that_a_socket_unit_holds():
    port = free_port()
    own = {**SAFE, "PATH": os.environ["PATH"], "DEBUG": "on", "BASE_URL": f"http://127.0.0.1:{port}"}
    listen = ["systemd-socket-activate", f"--listen=127.0.0.1:{port}"]
    passed_on = [f"--setenv={name}={value}" for name, value in own.items()]
    [line] = re.findall(r"(?m)^ExecStart=(.+)$", (UNITS / "samenwerking-web.service").read_text())
    gunicorn = [GUNICORN, *line.split()[1:]]
    held = subprocess.Popen([*listen, *passed_on, *gunicorn], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        ask = ["curl", "--silent", "--max-time", "50", f"http://127.0.0.1:{port}/gezond/leeft/"]
        while (told := subprocess.run(ask, capture_output=True, text=True).stdout) != "ok\n":
            assert time.monotonic() < end, told
            time.sleep(0.2)
    finally:
        held.send_signal(signal.SIGTERM)
        held.wait()
