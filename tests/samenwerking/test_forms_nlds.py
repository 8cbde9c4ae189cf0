"""The form pack gives each control a label, its help and its error, and says so to a screen reader."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.urls import reverse
from playwright.sync_api import expect


class EveryKind(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals u bekend bent.")
    email = forms.EmailField(label="E-mailadres", required=False)
    note = forms.CharField(label="Toelichting", widget=forms.Textarea, help_text="In <b>uw</b> woorden.")
    number = forms.IntegerField(label="Kleinste groep", min_value=3)
    level = forms.ChoiceField(label="Niveau", choices=[("u", "Uitvoerend"), ("b", "Bestuur")])
    kind = forms.ChoiceField(label="Soort", widget=forms.RadioSelect, choices=[("a", "Een"), ("b", "Twee")])
    partners = forms.MultipleChoiceField(
        label="Partners", widget=forms.CheckboxSelectMultiple, choices=[("x", "School"), ("y", "Wijkteam")]
    )
    agreed = forms.BooleanField(label="Ik heb dit gelezen")
    file = forms.FileField(label="Bestand")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def rendered(form, template="{{ form|crispy }}"):
    return Template("{% load crispy_forms_tags %}" + template).render(Context({"form": form}))


@pytest.mark.parametrize("data", [None, {}], ids=["empty", "with errors"])
def test_what_describes_a_control_exists(data):
    html = rendered(EveryKind(data))
    named = {name for names in re.findall(r'aria-describedby="([^"]*)"', html) for name in names.split()}
    there = set(re.findall(r'\bid="([^"]*)"', html))
    assert named
    assert named <= there


def test_nothing_entered_is_lost_and_an_error_stands_next_to_it():
    html = rendered(EveryKind({"name": "Anna", "number": "2"}))
    assert 'value="Anna"' in html
    assert 'value="2"' in html
    assert html.count('id="id_number_error"') == 1


def test_only_what_is_optional_says_so():
    html = rendered(EveryKind())
    assert html.count("(niet verplicht)") == 1
    assert re.search(r"E-mailadres\s*<span class=\"optional\">", html)


def test_help_may_have_mark_up_and_what_a_user_typed_may_not():
    html = rendered(EveryKind({"name": "<script>alert(1)</script>"}))
    assert "In <b>uw</b> woorden." in html
    assert "<script>" not in html


def test_the_crispy_tag_writes_the_form_with_its_buttons(rf):
    from crispy_forms.helper import FormHelper
    from crispy_forms.layout import Fieldset, Layout, Submit

    form = EveryKind()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Wie bent u?", "name", "email"))
    form.helper.add_input(Submit("save", "Bewaar"))
    html = rendered(form, "{% crispy form %}")
    assert "<legend" in html
    assert 'name="email"' in html
    assert 'name="level"' not in html
    assert re.search(r'<button type="submit"\s+name="save"\s+value="Bewaar"', html)
    assert 'enctype="multipart/form-data"' in html


# In a browser


def test_every_kind_of_field_is_found_by_its_label_and_leads_to_its_fault(walk):
    walk.page.goto(walk.site + reverse("privacy"))
    show(walk, EveryKind())
    every_control_is_found_by_its_label(walk.page)
    show(walk, EveryKind({}))
    show(walk, EveryKind({"name": "Anna"}))
    the_summary_leads_to_each_field_with_a_fault(walk.page)


def show(walk, form):
    """Puts a form on a page of the site, with its style sheets, and looks at it."""
    html = f"<h1>Proef</h1><form>{rendered(form)}</form>"
    walk.page.evaluate("html => { document.querySelector('main').innerHTML = html }", html)
    walk.look()


def every_control_is_found_by_its_label(page):
    for label in ["Naam", "E-mailadres", "Toelichting", "Kleinste groep", "Niveau", "Ik heb dit gelezen", "Bestand"]:
        expect(page.get_by_label(label)).to_have_count(1)
    expect(page.get_by_role("group", name="Soort").get_by_role("radio")).to_have_count(2)
    expect(page.get_by_role("group", name="Partners").get_by_role("checkbox")).to_have_count(2)


def the_summary_leads_to_each_field_with_a_fault(page):
    links = page.get_by_role("alert").get_by_role("link")
    expect(links).to_have_count(7)
    for link in links.all():
        expect(page.locator(link.get_attribute("href"))).to_contain_text("Dit veld is verplicht.")
