package dev.nslab.browser;

/** The article's experiments. */
class ArticleTests extends BrowserTest implements Article {
    @Override
    public LabPage lab() {
        return lab;
    }
}
