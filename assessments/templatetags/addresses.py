"""Addresses in templates, see `assessments.filling.addresses`."""

from django import template

from assessments.filling.addresses import fixed_static, fixed_url, link_url

register = template.Library()
register.simple_tag(fixed_url, name="fixed_url")
register.simple_tag(fixed_static, name="fixed_static")
register.simple_tag(link_url)
