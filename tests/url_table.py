"""What each person gets at each address: the status of a GET, then of a POST with nothing in it.

The five are a stranger, an editor, a reviewer, a moderator and a superuser. 302 leads a
stranger to the log-in, and a person where they are sent; 401 says that the session has
ended; 409 and 422 say that the person may, and that nothing was sent that could be done.
"""

# Addresses that exist in English too, under /en/, have one row unless they differ.
PAGES = """
# What readers see
/                                                            200 200 200 200 200  405 405 405 405 405
verifications/<slug:slug>/                                   200 200 200 200 200  405 405 405 405 405
articles/<int:pk>/lecture/                                   200 200 200 200 200  405 405 405 405 405
methode/                                                     200 200 200 200 200  405 405 405 405 405
# The door
accounts/inactive/                                                     200 200 200 200 200  405 405 405 405 405
accounts/login/                                                        200 302 302 302 302  200 302 302 302 302
accounts/logout/                                                       302 200 200 200 200  302 302 302 302 302
accounts/password/change/                                              302 200 200 200 200  401 200 200 200 200
accounts/password/reset/                                               200 200 200 200 200  200 200 200 200 200
accounts/password/reset/done/                                          200 200 200 200 200  405 405 405 405 405
accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/      200 200 200 200 200  200 200 200 200 200
accounts/password/reset/key/done/                                      200 200 200 200 200  405 405 405 405 405
accounts/password/set/                                                 302 302 302 302 302  401 302 302 302 302
accounts/reauthenticate/                                               302 302 302 302 302  401 302 302 302 302
accounts/signup/                                                       200 302 302 302 302  200 302 302 302 302
en/accounts/reauthenticate/                                            302 200 200 200 200  401 200 200 200 200
# The desk
articles/                      302 200 200 200 200  401 405 405 405 405
articles/<int:pk>/             302 200 200 200 200  401 405 405 405 405
articles/<int:pk>/carried/     302 302 302 302 302  401 405 405 405 405
articles/<int:pk>/carry/       302 405 405 405 405  401 302 403 302 302
articles/<int:pk>/compare/     302 200 200 200 200  401 405 405 405 405
articles/<int:pk>/edit/        302 200 403 200 200  401 200 403 200 200
articles/<int:pk>/highlight/   302 405 405 405 405  401 409 403 403 409
articles/<int:pk>/suggestions/ 302 302 302 302 302  401 405 405 405 405
articles/<int:pk>/settle/      302 200 200 200 200  401 405 405 405 405
articles/new/                  302 200 403 403 200  401 422 403 403 422
claims/                        302 200 200 200 200  401 405 405 405 405
claims/<int:pk>/               302 200 200 200 200  401 405 405 405 405
claims/<int:pk>/attach/        302 405 405 405 405  401 422 403 403 422
claims/<int:pk>/decision/      302 405 405 405 405  401 403 403 422 422
claims/<int:pk>/fact-check/    302 200 403 403 200  401 422 403 403 422
claims/<int:pk>/move/          302 405 405 405 405  401 409 409 409 409
claims/<int:pk>/preview/       302 200 200 200 200  401 405 405 405 405
claims/<int:pk>/story/         302 200 200 200 200  401 405 405 405 405
claims/<int:pk>/undo/          302 405 405 405 405  401 409 403 403 409
claims/<int:pk>/verdict/       302 405 405 405 405  401 403 422 403 422
claims/<int:pk>/write/         302 405 405 405 405  401 422 403 403 422
evidence/<int:pk>/             302 200 403 403 200  401 422 403 403 422
evidence/<int:pk>/detach/      302 405 405 405 405  401 302 403 403 302
evidence/<int:pk>/shift/       302 405 405 405 405  401 302 403 403 302
feeds/                         302 200 200 200 200  401 422 403 422 422
feeds/<int:pk>/                302 200 403 200 200  401 422 403 422 422
feeds/<int:pk>/check/          302 405 405 405 405  401 302 403 302 302
intakes/                       302 200 200 200 200  401 405 405 405 405
intakes/<int:pk>/              302 200 200 200 200  401 405 405 405 405
intakes/<int:pk>/again/        302 405 405 405 405  401 302 403 302 302
intakes/<int:pk>/compare/      302 200 200 200 200  401 405 405 405 405
intakes/<int:pk>/dismiss/      302 405 405 405 405  401 302 403 302 302
intakes/<int:pk>/keep/         302 405 405 405 405  401 409 403 409 409
intakes/<int:pk>/review/       302 405 405 405 405  401 409 403 409 409
intakes/ask/                   302 405 405 405 405  401 422 403 422 422
intakes/files/                 302 405 405 405 405  401 422 403 422 422
intakes/several/               302 405 405 405 405  401 409 403 409 409
language/                      302 405 405 405 405  401 409 409 409 409
passages/<int:pk>/             302 200 403 200 200  401 405 405 405 405
passages/<int:pk>/settle/      302 405 405 405 405  401 409 403 409 409
sources/                       302 200 200 200 200  401 405 405 405 405
suggestions/<int:pk>/answer/   302 405 405 405 405  401 409 403 403 409
suggestions/show/              302 405 405 405 405  401 302 302 302 302
"""

# Nobody but moderators comes in, and none of them deletes or makes what is made elsewhere.
ADMIN = """
admin/                                                                 302 302 302 200 200  401 302 302 200 200
admin/(?P<app_label>annotations|auth|django_tasks_database)/           302 302 302 200 200  401 302 302 200 200
admin/(?P<url>.*)                                                      302 302 302 404 404  401 302 302 404 404
admin/autocomplete/                                                    302 302 302 403 403  401 302 302 405 405
admin/jsi18n/                                                          302 302 302 200 200  401 302 302 405 405
admin/login/                                                           302 403 403 302 302  302 403 403 200 200
admin/logout/                                                          302 302 302 405 405  401 302 302 200 200
admin/password_change/                                                 302 302 302 200 200  401 302 302 200 200
admin/password_change/done/                                            302 302 302 200 200  401 302 302 405 405
admin/r/<path:content_type_id>/<path:object_id>/                       302 302 302 302 302  401 302 302 302 302
# article
admin/annotations/article/                                             302 302 302 200 200  401 302 302 200 200
admin/annotations/article/<path:object_id>/                            302 302 302 302 302  401 302 302 302 302
admin/annotations/article/<path:object_id>/change/                     302 302 302 200 200  401 302 302 200 200
admin/annotations/article/<path:object_id>/delete/                     302 302 302 403 403  401 302 302 403 403
admin/annotations/article/<path:object_id>/history/                    302 302 302 200 200  401 302 302 200 200
admin/annotations/article/add/                                         302 302 302 403 403  401 302 302 403 403
# claim
admin/annotations/claim/                                               302 302 302 200 200  401 302 302 200 200
admin/annotations/claim/<path:object_id>/                              302 302 302 302 302  401 302 302 302 302
admin/annotations/claim/<path:object_id>/change/                       302 302 302 200 200  401 302 302 403 403
admin/annotations/claim/<path:object_id>/delete/                       302 302 302 403 403  401 302 302 403 403
admin/annotations/claim/<path:object_id>/history/                      302 302 302 302 302  401 302 302 302 302
admin/annotations/claim/add/                                           302 302 302 403 403  401 302 302 403 403
# claimant
admin/annotations/claimant/                                            302 302 302 200 200  401 302 302 200 200
admin/annotations/claimant/<path:object_id>/                           302 302 302 302 302  401 302 302 302 302
admin/annotations/claimant/<path:object_id>/change/                    302 302 302 200 200  401 302 302 200 200
admin/annotations/claimant/<path:object_id>/delete/                    302 302 302 403 403  401 302 302 403 403
admin/annotations/claimant/<path:object_id>/history/                   302 302 302 200 200  401 302 302 200 200
admin/annotations/claimant/add/                                        302 302 302 403 200  401 302 302 403 200
# detectorweights
admin/annotations/detectorweights/                                     302 302 302 200 200  401 302 302 200 200
admin/annotations/detectorweights/<path:object_id>/                    302 302 302 302 302  401 302 302 302 302
admin/annotations/detectorweights/<path:object_id>/change/             302 302 302 200 200  401 302 302 403 403
admin/annotations/detectorweights/<path:object_id>/delete/             302 302 302 403 403  401 302 302 403 403
admin/annotations/detectorweights/<path:object_id>/history/            302 302 302 302 302  401 302 302 302 302
admin/annotations/detectorweights/add/                                 302 302 302 403 403  401 302 302 403 403
# factcheck
admin/annotations/factcheck/                                           302 302 302 200 200  401 302 302 200 200
admin/annotations/factcheck/<path:object_id>/                          302 302 302 302 302  401 302 302 302 302
admin/annotations/factcheck/<path:object_id>/change/                   302 302 302 200 200  401 302 302 403 403
admin/annotations/factcheck/<path:object_id>/delete/                   302 302 302 403 403  401 302 302 403 403
admin/annotations/factcheck/<path:object_id>/history/                  302 302 302 302 302  401 302 302 302 302
admin/annotations/factcheck/add/                                       302 302 302 403 403  401 302 302 403 403
# feed
admin/annotations/feed/                                                302 302 302 200 200  401 302 302 200 200
admin/annotations/feed/<path:object_id>/                               302 302 302 302 302  401 302 302 302 302
admin/annotations/feed/<path:object_id>/change/                        302 302 302 200 200  401 302 302 200 200
admin/annotations/feed/<path:object_id>/delete/                        302 302 302 403 403  401 302 302 403 403
admin/annotations/feed/<path:object_id>/history/                       302 302 302 200 200  401 302 302 200 200
admin/annotations/feed/add/                                            302 302 302 403 403  401 302 302 403 403
# intake
admin/annotations/intake/                                              302 302 302 200 200  401 302 302 200 200
admin/annotations/intake/<path:object_id>/                             302 302 302 302 302  401 302 302 302 302
admin/annotations/intake/<path:object_id>/change/                      302 302 302 200 200  401 302 302 403 403
admin/annotations/intake/<path:object_id>/delete/                      302 302 302 403 403  401 302 302 403 403
admin/annotations/intake/<path:object_id>/history/                     302 302 302 302 302  401 302 302 302 302
admin/annotations/intake/add/                                          302 302 302 403 403  401 302 302 403 403
# newsroom
admin/annotations/newsroom/                                            302 302 302 302 302  401 302 302 302 302
admin/annotations/newsroom/<path:object_id>/                           302 302 302 302 302  401 302 302 302 302
admin/annotations/newsroom/<path:object_id>/change/                    302 302 302 200 200  401 302 302 200 200
admin/annotations/newsroom/<path:object_id>/delete/                    302 302 302 403 403  401 302 302 403 403
admin/annotations/newsroom/<path:object_id>/history/                   302 302 302 200 200  401 302 302 200 200
admin/annotations/newsroom/add/                                        302 302 302 403 403  401 302 302 403 403
# rating
admin/annotations/rating/                                              302 302 302 200 200  401 302 302 200 200
admin/annotations/rating/<path:object_id>/                             302 302 302 302 302  401 302 302 302 302
admin/annotations/rating/<path:object_id>/change/                      302 302 302 200 200  401 302 302 200 200
admin/annotations/rating/<path:object_id>/delete/                      302 302 302 403 403  401 302 302 403 403
admin/annotations/rating/<path:object_id>/history/                     302 302 302 200 200  401 302 302 200 200
admin/annotations/rating/add/                                          302 302 302 200 200  401 302 302 200 200
# ratingscale
admin/annotations/ratingscale/                                         302 302 302 200 200  401 302 302 200 200
admin/annotations/ratingscale/<path:object_id>/                        302 302 302 302 302  401 302 302 302 302
admin/annotations/ratingscale/<path:object_id>/change/                 302 302 302 200 200  401 302 302 200 200
admin/annotations/ratingscale/<path:object_id>/delete/                 302 302 302 403 403  401 302 302 403 403
admin/annotations/ratingscale/<path:object_id>/history/                302 302 302 200 200  401 302 302 200 200
admin/annotations/ratingscale/add/                                     302 302 302 200 200  401 302 302 200 200
# source
admin/annotations/source/                                              302 302 302 200 200  401 302 302 200 200
admin/annotations/source/<path:object_id>/                             302 302 302 302 302  401 302 302 302 302
admin/annotations/source/<path:object_id>/change/                      302 302 302 200 200  401 302 302 200 200
admin/annotations/source/<path:object_id>/delete/                      302 302 302 403 403  401 302 302 403 403
admin/annotations/source/<path:object_id>/history/                     302 302 302 200 200  401 302 302 200 200
admin/annotations/source/add/                                          302 302 302 403 403  401 302 302 403 403
# suggestion
admin/annotations/suggestion/                                          302 302 302 200 200  401 302 302 200 200
admin/annotations/suggestion/<path:object_id>/                         302 302 302 302 302  401 302 302 302 302
admin/annotations/suggestion/<path:object_id>/change/                  302 302 302 200 200  401 302 302 403 403
admin/annotations/suggestion/<path:object_id>/delete/                  302 302 302 403 403  401 302 302 403 403
admin/annotations/suggestion/<path:object_id>/history/                 302 302 302 302 302  401 302 302 302 302
admin/annotations/suggestion/add/                                      302 302 302 403 403  401 302 302 403 403
# user
admin/annotations/user/                                                302 302 302 200 200  401 302 302 200 200
admin/annotations/user/<path:object_id>/                               302 302 302 302 302  401 302 302 302 302
admin/annotations/user/<path:object_id>/change/                        302 302 302 200 200  401 302 302 200 200
admin/annotations/user/<path:object_id>/delete/                        302 302 302 403 403  401 302 302 403 403
admin/annotations/user/<path:object_id>/history/                       302 302 302 200 200  401 302 302 200 200
admin/annotations/user/add/                                            302 302 302 200 200  401 302 302 200 200
# group
admin/auth/group/                                                      302 302 302 200 200  401 302 302 200 200
admin/auth/group/<path:object_id>/                                     302 302 302 302 302  401 302 302 302 302
admin/auth/group/<path:object_id>/change/                              302 302 302 200 200  401 302 302 403 403
admin/auth/group/<path:object_id>/delete/                              302 302 302 403 403  401 302 302 403 403
admin/auth/group/<path:object_id>/history/                             302 302 302 200 200  401 302 302 200 200
admin/auth/group/add/                                                  302 302 302 403 403  401 302 302 403 403
# dbtaskresult
admin/django_tasks_database/dbtaskresult/                              302 302 302 403 200  401 302 302 403 200
admin/django_tasks_database/dbtaskresult/<path:object_id>/             302 302 302 302 302  401 302 302 302 302
admin/django_tasks_database/dbtaskresult/<path:object_id>/change/      302 302 302 403 200  401 302 302 403 403
admin/django_tasks_database/dbtaskresult/<path:object_id>/delete/      302 302 302 403 403  401 302 302 403 403
admin/django_tasks_database/dbtaskresult/<path:object_id>/history/     302 302 302 403 200  401 302 302 403 200
admin/django_tasks_database/dbtaskresult/add/                          302 302 302 403 403  401 302 302 403 403
"""
