package juxta.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Turns Markdown, as it is written for readers of the repository, into HTML for the site. */
final class Markdown {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
  private final HtmlRenderer renderer = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private final Map<String, String> known;

  /**
   * Prepares.
   *
   * @param known addresses of pages by words: where a word stands as code, it links to the page
   */
  Markdown(Map<String, String> known) {
    this.known = known;
  }

  /**
   * A page.
   *
   * @param address where it will lie
   * @param text Markdown
   * @param link says for the target of a link or picture what stands in the page
   */
  Page page(String address, String text, UnaryOperator<String> link) {
    Node document = parser.parse(text);
    Optional<String> title = title(document);
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link node) {
            node.setDestination(link.apply(node.getDestination()));
          }

          @Override
          public void visit(Image node) {
            node.setDestination(link.apply(node.getDestination()));
          }

          @Override
          public void visit(Heading node) {
            // its anchor is made of its text as it stands
          }

          @Override
          public void visit(Code node) {
            String target = known.get(node.getLiteral());
            if (target != null) {
              Link made = new Link(Page.up(address) + target, null);
              node.insertBefore(made);
              made.appendChild(node);
            }
          }

          @Override
          public void visit(CustomBlock node) {
            visitChildren(node);
            if (node instanceof TableBlock) { // wide ones scroll on a phone
              node.insertBefore(html("<div class=\"table\">"));
              node.insertAfter(html("</div>"));
            }
          }
        });
    return new Page(address, title.orElse(address), renderer.render(document));
  }

  private static HtmlBlock html(String text) {
    HtmlBlock block = new HtmlBlock();
    block.setLiteral(text);
    return block;
  }

  /** The text of the first heading. */
  private static Optional<String> title(Node document) {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        StringBuilder text = new StringBuilder();
        heading.accept(
            new AbstractVisitor() {
              @Override
              public void visit(Text part) {
                text.append(part.getLiteral());
              }

              @Override
              public void visit(Code part) {
                text.append(part.getLiteral());
              }
            });
        return Optional.of(text.toString());
      }
    }
    return Optional.empty();
  }
}
