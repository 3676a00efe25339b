"""Addresses of the pages of this room, under `measures/sanctions/`."""

from django.urls import path

from phaseout.measures.sanctions.pages import credit, others, records, sanctions, tasks

urlpatterns = [
    path("", sanctions.sanctions, name="sanctions"),
    path("new/<int:case_id>/<str:period>/", sanctions.sanction_new, name="sanction-new"),
    path("<int:pk>/", sanctions.sanction, name="sanction"),
    path("<int:pk>/record/", records.record_new, name="credit-record-new"),
    path("tasks/", tasks.tasks, name="sanction-tasks"),
    path("tasks/<int:pk>/", tasks.task, name="sanction-task"),
    path("releases/<int:pk>/", tasks.notice, name="sanction-notice"),
    path("records/<int:pk>/", records.record, name="credit-record"),
    path("batches/", records.batches, name="credit-batches"),
    path("batches/<int:pk>/", records.batch, name="credit-batch"),
    path("licences/", others.licences, name="licences"),
    path("licences/<int:pk>/record/", records.record_licence, name="licence-record"),
    path("credit/", credit.lists, name="credit-lists"),
    path("credit/<int:pk>/", credit.listing, name="credit-listing"),
    path("bank/", credit.bank_lists, name="bank-lists"),
    path("bank/<int:pk>/", credit.bank_listing, name="bank-listing"),
    path("own/", others.own_sanctions, name="own-sanctions"),
    path("own/<int:pk>/", others.own_sanction, name="own-sanction"),
    path("public/", others.public, name="sanctions-public"),
]
