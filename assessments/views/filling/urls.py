"""The addresses behind a link; whatever else is under this prefix leads to one page."""

from django.urls import URLPattern, URLResolver, path

from assessments.views.filling import leaving, own_answers_pdf, questions, requests, review, welcome
from assessments.views.reports.urls import participant_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:token>/", welcome.welcome, name="welcome"),
    path("<str:token>/begin/", welcome.begin, name="begin"),
    path("<str:token>/niveau/", welcome.level, name="level"),
    path("<str:token>/vragen/<int:number>/", questions.questions, name="questions"),
    path("<str:token>/bewaren/", questions.save, name="save"),
    path("<str:token>/nakijken/", review.review, name="review"),
    path("<str:token>/klaar/", review.thanks, name="thanks"),
    path("<str:token>/mijn-antwoorden.pdf", own_answers_pdf.own_answers_pdf, name="own_answers_pdf"),
    path("<str:token>/niet-meedoen/", leaving.opt_out, name="opt_out"),
    path("<str:token>/toch-meedoen/", leaving.rejoin, name="rejoin"),
    path("<str:token>/geen-herinneringen/", leaving.no_reminders, name="no_reminders"),
    path("<str:token>/verkeerde-persoon/", leaving.wrong_person, name="wrong_person"),
    *participant_urlpatterns,
    path("<path:rest>", requests.no_such_link),
]
