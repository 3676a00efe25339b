import pytest


@pytest.mark.django_db
def test_anyone_reads_the_first_page(client):
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [("/public/", 302)]
    assert "演示日" in answer.content.decode()
    assert answer.headers["Content-Language"] == "zh-hans"
