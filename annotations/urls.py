"""The desk: pages for the newsroom. What readers see is in `public_urls`."""

from django.urls import path

from .views import (
    articles,
    carriages,
    claims,
    evidence,
    factchecks,
    feeds,
    intakes,
    people,
    reviews,
    sources,
    stories,
    suggestions,
)

app_name = "annotations"

urlpatterns = [
    path("articles/", articles.article_list, name="article_list"),
    path("articles/new/", articles.article_new, name="article_new"),
    path("articles/<int:pk>/", articles.article_detail, name="article_detail"),
    path("articles/<int:pk>/edit/", articles.article_edit, name="article_edit"),
    path("articles/<int:pk>/highlight/", claims.highlight, name="highlight"),
    path(
        "articles/<int:pk>/suggestions/",
        suggestions.suggestion_list,
        name="suggestion_list",
    ),
    path(
        "articles/<int:pk>/compare/", carriages.article_compare, name="article_compare"
    ),
    path("articles/<int:pk>/settle/", carriages.article_settle, name="article_settle"),
    path(
        "articles/<int:pk>/carried/", carriages.article_carried, name="article_carried"
    ),
    path("articles/<int:pk>/carry/", carriages.carry, name="carry"),
    path("passages/<int:pk>/", carriages.carriage_detail, name="carriage_detail"),
    path("passages/<int:pk>/settle/", carriages.settle, name="settle"),
    path("claims/", claims.claim_list, name="claim_list"),
    path("claims/<int:pk>/", claims.claim_detail, name="claim_detail"),
    path("claims/<int:pk>/story/", stories.claim_story, name="claim_story"),
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
    path("intakes/", intakes.intake_list, name="intake_list"),
    path("intakes/ask/", intakes.intake_ask, name="intake_ask"),
    path("intakes/files/", intakes.intake_files, name="intake_files"),
    path("intakes/several/", intakes.intake_several, name="intake_several"),
    path("intakes/<int:pk>/", intakes.intake_detail, name="intake_detail"),
    path("intakes/<int:pk>/keep/", intakes.intake_keep, name="intake_keep"),
    path("intakes/<int:pk>/review/", intakes.intake_review, name="intake_review"),
    path("intakes/<int:pk>/dismiss/", intakes.intake_dismiss, name="intake_dismiss"),
    path("intakes/<int:pk>/again/", intakes.intake_again, name="intake_again"),
    path("intakes/<int:pk>/compare/", intakes.intake_compare, name="intake_compare"),
    path("feeds/", feeds.feed_list, name="feed_list"),
    path("feeds/<int:pk>/", feeds.feed_edit, name="feed_edit"),
    path("feeds/<int:pk>/check/", feeds.feed_check, name="feed_check"),
    path(
        "suggestions/<int:pk>/answer/",
        suggestions.answer_suggestion,
        name="answer_suggestion",
    ),
    path("suggestions/show/", suggestions.show_suggestions, name="show_suggestions"),
    path("language/", people.choose_language, name="choose_language"),
]
