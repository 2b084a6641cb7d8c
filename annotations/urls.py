"""The desk: pages for the newsroom. What readers see is in `public_urls`."""

from django.urls import path

from .views import articles, claims, evidence, factchecks, people, reviews, sources

app_name = "annotations"

urlpatterns = [
    path("articles/", articles.article_list, name="article_list"),
    path("articles/new/", articles.article_new, name="article_new"),
    path("articles/<int:pk>/", articles.article_detail, name="article_detail"),
    path("articles/<int:pk>/edit/", articles.article_edit, name="article_edit"),
    path("articles/<int:pk>/highlight/", claims.highlight, name="highlight"),
    path("claims/", claims.claim_list, name="claim_list"),
    path("claims/<int:pk>/", claims.claim_detail, name="claim_detail"),
    path("claims/<int:pk>/write/", claims.write, name="write"),
    path("claims/<int:pk>/undo/", claims.undo, name="undo"),
    path("claims/<int:pk>/move/", claims.move, name="move"),
    path("claims/<int:pk>/attach/", evidence.attach, name="attach"),
    path("evidence/<int:pk>/", evidence.evidence_edit, name="evidence_edit"),
    path("evidence/<int:pk>/detach/", evidence.detach, name="detach"),
    path("evidence/<int:pk>/shift/", evidence.shift, name="shift"),
    path("sources/", sources.source_list, name="source_list"),
    path("claims/<int:pk>/verdict/", reviews.give_verdict, name="give_verdict"),
    path("claims/<int:pk>/decision/", reviews.decide, name="decide"),
    path(
        "claims/<int:pk>/fact-check/", factchecks.factcheck_edit, name="factcheck_edit"
    ),
    path(
        "claims/<int:pk>/preview/",
        factchecks.factcheck_preview,
        name="factcheck_preview",
    ),
    path("language/", people.choose_language, name="choose_language"),
]
