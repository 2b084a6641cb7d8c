from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler404 = "annotations.views.public.page_missing"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("annotations.urls")),
    *i18n_patterns(
        path("", include("annotations.public_urls")), prefix_default_language=False
    ),
]
