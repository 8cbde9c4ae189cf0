"""Says of every column that holds text, JSON or bytes when it is erased. It knows no action and no database.

Columns that can only hold a word listed in the code are left out.
A column that is in none of the three tables fails a test, and so does a line for a column that is gone.
"""

# These are erased, and then the table is rewritten, so that its file keeps nothing of them either. Whatever erases one
# calls `erasure.note_erasure`, but for the exceptions in docs/anonymity.md.
WIPED = {
    # It opens every answer of its round. Once it is gone, no old row of the table of responses can be read.
    "assessments_roundsecret.secret": "when the round closes",
    "assessments_openanswer.text": "when a name is taken out, and when the round is archived without it",
    "assessments_participant.email": "once the result is mailed (60 days after closing at most), or when corrected",
    "assessments_participant.job_title": "with the address, or when corrected",
    "assessments_participant.name": "with the address, or when corrected",
    "assessments_message.fault": "with the participant; of a reminder, when the round closes",
    "assessments_partner.contact_email": "when the coördinator changes it, or removes the partner",
    "assessments_participantfile.name": "once its people are added, a newer list is read, or after a day",
    "assessments_participantfile.content": "with the list",
    "assessments_participantfile.reading": "with the list",
    "assessments_participantfile.facts": "with the list",
    "assessments_participantfile.mended": "with the list",
    "assessments_participantfile.rows": "with the list",
    "assessments_participantfile.columns": "with the list",
    "assessments_participantfile.partners": "with the list",
    "assessments_improvement.what": "when somebody changes it, for it may have named a person, or takes it away",
    "assessments_improvement.who": "with what was agreed",
    "assessments_improvement.remark": "with what was agreed",
    "assessments_reportfile.content": "when an open answer or an improvement in it changes",
    "assessments_frozenresults.document": "when a round that was published to nobody is thrown away; else never",
    "assessments_frozenresults.facts": "with the results",
    "assessments_membership.name": "when the colleague leaves the network; as whoever invited them wrote it",
    # Not of a person, but for the sender of a round's mail; and gone, also from the files, with the network.
    "assessments_network.name": "when the network is deleted",
    "assessments_network.municipalities": "with the network",
    "assessments_network.description": "with the network",
    "assessments_partner.key": "when the coördinator removes the partner, or with the network",
    "assessments_partner.name": "with the partner",
    "assessments_partner.local_kind": "with the partner",
    "assessments_jobtitlelevel.job_title": "with the network; what a job title is called, apart from who has it",
    "assessments_jobtitlelevel.simple_form": "with the network",
    "assessments_round.name": "when the round is thrown away, or with the network",
    "assessments_round.contact_name": "with the round",
    "assessments_round.contact_email": "with the round",
    "assessments_round.invitation_subject": "with the round",
    "assessments_round.invitation_text": "with the round",
    "assessments_round.reminder_text": "with the round",
    "django_session.session_data": "when its user signs out, or an hour after it was last used; it names addresses",
}

# These are erased too, but what the file keeps of them is of no use.
ERASED = {
    "assessments_response.sealed": "when the round closes; what the file keeps opens with the round's secret only",
    "assessments_roundsecret.response_generation": "with the secret; a fingerprint, which leads back to nothing",
    "assessments_roundsecret.link_generation": "as above",
    "django_session.session_key": "with the session; it opens nothing after that",
    "accounts_addresschange.former": "once it was told of the change, or after seven days; of an account",
    "accounts_addresschange.wanted": "as above",
    "account_emailconfirmation.key": "not used: an account's address is known",
    "accounts_trycount.cache_key": "some minutes after somebody tried to sign in; a keyed hash of an address",
    "accounts_trycount.value": "with the key; moments",
    "workers_heartbeat.name": "a day after its worker ended; a number at random, of a program",
    "django_tasks_database_dbtaskresult.args_kwargs": "after seven days; ids and no more",
    "django_tasks_database_dbtaskresult.return_value": "after seven days; a number",
    "django_tasks_database_dbtaskresult.traceback": "after seven days; where in our code a job failed, and on what",
    "django_tasks_database_dbtaskresult.exception_class_path": "after seven days; the name of a fault",
}

# Nobody sees to it that these are erased; each line says what they are.
KEPT = {
    "accounts_user.email": "an account, of somebody who runs networks or reads results",
    "accounts_user.name": "an account",
    "accounts_user.password": "an account; a hash",
    "account_emailaddress.email": "an account",
    "mfa_authenticator.data": "an account's second step, encrypted",
    "assessments_partnerkind.key": "a kind of organisation",
    "assessments_partnerkind.name": "a kind of organisation",
    "assessments_improvement.factor": "a key of the instrument",
    "assessments_openanswer.question": "a key of the instrument",
    "assessments_frozenresults.checksum": "a checksum",
    "assessments_reportfile.subject": "whose report it is: a level, an organisation",
    "assessments_reportfile.media_type": "a format",
    "assessments_reportfile.made_from": "a checksum",
    "assessments_erasure.table": "the name of a table",
    "assessments_knownsecret.name": "the name of a setting",
    "assessments_knownsecret.fingerprint": "a fingerprint of a secret of the server, which leads back to nothing",
    "factors_instrumentversion.version": "the instrument",
    "factors_instrumentversion.document": "the instrument",
    "factors_instrumentversion.checksum": "a checksum",
    "auditlog_logentry.object_pk": "what coördinators and beheerders did; participants and answers are not in it",
    "auditlog_logentry.object_repr": "as above: a network, a round, an organisation, an account",
    "auditlog_logentry.serialized_data": "as above; not used",
    "auditlog_logentry.changes": "as above",
    "auditlog_logentry.changes_text": "as above",
    "auditlog_logentry.cid": "as above; not used",
    "auditlog_logentry.remote_addr": "always empty, see the settings",
    "auditlog_logentry.additional_data": "as above; not used",
    "auditlog_logentry.actor_email": "the account that did it",
    "django_admin_log.object_id": "what a beheerder did to accounts, memberships and kinds of partners",
    "django_admin_log.object_repr": "as above",
    "django_admin_log.change_message": "as above",
    "django_content_type.app_label": "a name in our code",
    "django_content_type.model": "a name in our code",
    "auth_permission.name": "a name in our code",
    "auth_permission.codename": "a name in our code",
    "auth_group.name": "not used",
    "django_tasks_database_dbtaskresult.task_path": "a name in our code",
    "django_tasks_database_dbtaskresult.worker_ids": "the names of workers",
    "django_tasks_database_dbtaskresult.queue_name": "a name in our code",
    "django_tasks_database_dbtaskresult.backend_name": "a name in our code",
}

TABLES = frozenset(name.partition(".")[0] for name in WIPED)
