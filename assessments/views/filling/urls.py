"""Gives the pages behind a link their addresses; every other address under this prefix leads to one page."""

from django.urls import URLPattern, URLResolver, path

from assessments.views.filling import leaving, own_answers_pdf, questions, reports, requests, review, welcome

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:token>/", welcome.welcome, name="welcome"),
    path("<str:token>/begin/", welcome.begin, name="begin"),
    path("<str:token>/niveau/", welcome.level, name="level"),
    path("<str:token>/vragen/<int:number>/", questions.questions, name="questions"),
    path("<str:token>/bewaren/", questions.save, name="save"),
    path("<str:token>/nakijken/", review.review, name="review"),
    path("<str:token>/opnieuw/", review.start_over, name="start_over"),
    path("<str:token>/klaar/", review.thanks, name="thanks"),
    path("<str:token>/mijn-antwoorden.pdf", own_answers_pdf.own_answers_pdf, name="own_answers_pdf"),
    path("<str:token>/niet-meedoen/", leaving.opt_out, name="opt_out"),
    path("<str:token>/toch-meedoen/", leaving.rejoin, name="rejoin"),
    path("<str:token>/geen-herinneringen/", leaving.no_reminders, name="no_reminders"),
    path("<str:token>/verkeerde-persoon/", leaving.wrong_person, name="wrong_person"),
    path("<str:token>/rapport/<str:subject>.pdf", reports.participant_report_pdf, name="participant_report_pdf"),
    path("<str:token>/rapport/<str:subject>.docx", reports.participant_report_docx, name="participant_report_docx"),
    path("<str:token>/rapport/<str:subject>.pptx", reports.participant_report_pptx, name="participant_report_pptx"),
    path("<str:token>/rapport/<str:subject>.xlsx", reports.participant_report_xlsx, name="participant_report_xlsx"),
    path("<str:token>/rapport/<str:subject>.csv", reports.participant_report_data, name="participant_report_data"),
    path("<str:token>/rapport/<str:subject>/", reports.participant_report, name="participant_report"),
    path(
        "<str:token>/rapport/<str:subject>/tweede-gesprek/",
        reports.participant_report_interview,
        name="participant_report_interview",
    ),
    path(
        "<str:token>/rapport/<str:subject>/tweede-gesprek.pdf",
        reports.participant_report_interview_pdf,
        name="participant_report_interview_pdf",
    ),
    path(
        "<str:token>/rapport/<str:subject>/afspraken/",
        reports.participant_report_agreements,
        name="participant_report_agreements",
    ),
    path(
        "<str:token>/rapport/<str:subject>/lenzen/", reports.participant_report_lenses, name="participant_report_lenses"
    ),
    path("<path:rest>", requests.no_such_link),
]
