"""The addresses of these pages."""

from django.urls import path

from assessments.views.coordinator import (
    functions,
    imports,
    mail,
    networks,
    open_answers,
    open_links,
    ouders,
    overview,
    participants,
    partner_messages,
    preview,
    rounds,
    setup,
)

NETWORK = "netwerken/<uuid:network_id>/"
ROUND = "rondes/<uuid:round_id>/"
PARTICIPANT = f"{ROUND}deelnemers/<uuid:participant_id>/"

urlpatterns = [
    path("overzicht/", overview.overview, name="overview"),
    path("netwerken/nieuw/", networks.network_new, name="network_new"),
    path(NETWORK, networks.network, name="network"),
    path(f"{NETWORK}wijzigen/", networks.network_edit, name="network_edit"),
    path(f"{NETWORK}partners/nieuw/", networks.partner_new, name="partner_new"),
    path(f"{NETWORK}partners/<int:partner_id>/", networks.partner_edit, name="partner_edit"),
    path(f"{NETWORK}partners/<int:partner_id>/verwijderen/", networks.partner_remove, name="partner_remove"),
    path(f"{NETWORK}functies/", functions.functions, name="functions"),
    path(f"{NETWORK}functies/nieuw/", functions.function_new, name="function_new"),
    path(f"{NETWORK}functies/<int:function_id>/", functions.function_edit, name="function_edit"),
    path(f"{NETWORK}functies/<int:function_id>/verwijderen/", functions.function_remove, name="function_remove"),
    path(f"{NETWORK}collegas/uitnodigen/", networks.colleague_invite, name="colleague_invite"),
    path(f"{NETWORK}collegas/<int:membership_id>/intrekken/", networks.colleague_remove, name="colleague_remove"),
    path(f"{NETWORK}rondes/nieuw/", setup.round_new, name="round_new"),
    path(ROUND, rounds.round, name="round"),
    path(f"{ROUND}open-links/", open_links.open_links, name="open_links"),
    path(f"{ROUND}open-links/<uuid:link_id>/", open_links.open_link_sheet, name="open_link_sheet"),
    path(f"{ROUND}voorbereiden/<str:step>/", setup.round_setup, name="round_setup"),
    path(f"{ROUND}verwijderen/", setup.round_remove, name="round_remove"),
    path(f"{ROUND}openen/", rounds.round_open, name="round_open"),
    path(f"{ROUND}verlengen/", rounds.round_extend, name="round_extend"),
    path(f"{ROUND}sluiten/", rounds.round_close, name="round_close"),
    path(f"{ROUND}open-antwoorden/", open_answers.open_answers, name="open_answers"),
    path(f"{ROUND}publiceren/", rounds.round_publish, name="round_publish"),
    path(f"{ROUND}archiveren/", rounds.round_archive, name="round_archive"),
    path(f"{ROUND}vragenlijst/", preview.questionnaire_preview, name="questionnaire_preview"),
    path(f"{ROUND}deelnemers/", participants.participants, name="participants"),
    path(f"{ROUND}deelnemers/nieuw/", participants.participant_new, name="participant_new"),
    path(f"{ROUND}deelnemers/bestand/", imports.participants_file, name="participants_file"),
    path(f"{ROUND}deelnemers/bestand/nakijken/", imports.participants_preview, name="participants_preview"),
    path(f"{ROUND}deelnemers/bestand/toevoegen/", imports.participants_add, name="participants_add"),
    path(f"{ROUND}deelnemers/voorbeeld.xlsx", imports.participants_template, name="participants_template"),
    path(f"{PARTICIPANT}adres/", participants.participant_address, name="participant_address"),
    path(f"{PARTICIPANT}opnieuw-uitnodigen/", participants.participant_invite_again, name="participant_invite_again"),
    path(f"{PARTICIPANT}verwijderen/", participants.participant_remove, name="participant_remove"),
    path(f"{ROUND}ouders/", ouders.ouders_link, name="ouders_link"),
    path(f"{ROUND}partners/", partner_messages.partner_messages, name="partner_messages"),
    path(f"{ROUND}mail/", mail.round_mail, name="round_mail"),
    path(f"{ROUND}mail/opnieuw/", mail.mail_try_again, name="mail_try_again"),
    path(f"{ROUND}mail/niet-aangekomen/", mail.messages_bounced, name="messages_bounced"),
    path(f"{ROUND}mail/<uuid:message_id>/niet-aangekomen/", mail.message_bounced, name="message_bounced"),
    path(f"{ROUND}mail/<uuid:participant_id>/wel-aangekomen/", mail.mail_arrived, name="mail_arrived"),
    path(f"{ROUND}uitnodiging/", mail.invitation_preview, name="invitation_preview"),
]
