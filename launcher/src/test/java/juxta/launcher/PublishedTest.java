package juxta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What is published keeps the rules of Maven Central: <a
 * href="https://central.sonatype.org/publish/requirements/">its requirements</a> on poms.
 */
class PublishedTest {
  private static final Path TOP = Path.of("..");
  private static final Pom ROOT = Pom.read(TOP.resolve("pom.xml"));
  private static final Pom BOM = Pom.read(TOP.resolve("platform-bom/pom.xml"));
  private static final Set<String> OWN_MODULES = published();

  @TestFactory
  Stream<DynamicTest> pomsHaveWhatMavenCentralAsksFor() {
    return Stream.concat(Stream.of(ROOT), OWN_MODULES.stream().map(PublishedTest::pom))
        .map(pom -> DynamicTest.dynamicTest(pom.own("artifactId"), () -> check(pom)));
  }

  private static void check(Pom pom) {
    assertThat(pom.inherited("groupId")).isEqualTo("org.juxta");
    assertThat(pom.inherited("version")).matches("[0-9.]+").isEqualTo(ROOT.own("version"));
    // these two are inherited and would be no description of the module
    assertThat(pom.own("name")).isNotBlank();
    assertThat(pom.own("description")).isNotBlank();
    for (String element :
        List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      assertThat(pom.inherited(element)).as(element).isNotBlank();
      assertThat(pom.inherited(element)).as(element).isEqualTo(ROOT.own(element));
    }
    assertThat(pom.all("//repository")).as("repositories of its own").isEmpty();
    if (!pom.own("packaging").equals("pom")) {
      assertThat(pom.all("build/plugins/plugin/artifactId")).contains("maven-javadoc-plugin");
    }
  }

  @Test
  void theBomListsWhatIsPublished() {
    assertThat(
            BOM.all("dependencyManagement/dependencies/dependency[groupId='org.juxta']/artifactId"))
        .containsExactlyInAnyOrderElementsOf(
            OWN_MODULES.stream().filter(module -> !module.equals("platform-bom")).toList());
    for (String version : List.of("tensorflow.version", "junit.version")) {
      String property = "properties/" + version;
      assertThat(BOM.own(property)).as(version).isEqualTo(ROOT.own(property));
    }
  }

  @Test
  void whatIsPublishedDependsOnWhatIsPublished() {
    for (String module : OWN_MODULES) {
      assertThat(
              pom(module)
                  .all(
                      "dependencies/dependency[groupId='org.juxta' and not(scope='test')]/artifactId"))
          .as(module)
          .isSubsetOf(OWN_MODULES);
    }
  }

  @Test
  void theDistributionHoldsItForPluginAuthors() {
    Pom distribution = Pom.read(TOP.resolve("distribution/pom.xml"));
    String listed =
        distribution.own(
            "build/plugins/plugin/executions/execution[id='repository']/configuration/includeArtifactIds");
    assertThat(listed.split(",")).containsExactlyInAnyOrderElementsOf(OWN_MODULES);
  }

  @Test
  void jarsAreTheSameWheneverTheyAreBuilt() {
    String timestamp = "properties/project.build.outputTimestamp";
    assertThat(ROOT.own(timestamp)).isNotBlank().isEqualTo(BOM.own(timestamp));
  }

  @Test
  void newProjectsAreBuiltWithThePluginsOfThisBuild() {
    Pom example = Pom.read(TOP.resolve("examples/plugin-example/pom.xml"));
    assertThat(example.own("properties/juxta.version")).isEqualTo(ROOT.own("version"));
    List<String> plugins = example.all("//plugin/artifactId");
    assertThat(plugins).contains("maven-surefire-plugin");
    for (String plugin : plugins) {
      String version = "[artifactId='" + plugin + "']/version";
      assertThat(example.all("//plugin" + version))
          .as(plugin + ": with another version it would not build offline")
          .containsExactlyElementsOf(ROOT.all("build/pluginManagement/plugins/plugin" + version));
    }
  }

  private static Set<String> published() {
    Set<String> modules = new TreeSet<>(ROOT.all("modules/module"));
    modules.removeIf(module -> pom(module).own("properties/maven.deploy.skip").equals("true"));
    return modules;
  }

  private static Pom pom(String module) {
    return Pom.read(TOP.resolve(module).resolve("pom.xml"));
  }

  /** A pom, with paths of elements below its top. */
  private record Pom(Document document, boolean child) {
    static Pom read(Path file) {
      try (var in = Files.newInputStream(file)) {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        Pom pom = new Pom(document, false);
        return new Pom(document, !pom.all("parent/artifactId").isEmpty());
      } catch (IOException | SAXException | ParserConfigurationException e) {
        throw new AssertionError(file.toString(), e);
      }
    }

    String own(String path) {
      return all(path).stream().findFirst().orElse("");
    }

    /** Its own or its parent's. */
    String inherited(String path) {
      return own(path).isEmpty() && child ? ROOT.own(path) : own(path);
    }

    List<String> all(String path) {
      try {
        String full = path.startsWith("/") ? path : "/project/" + path;
        NodeList found =
            (NodeList)
                XPathFactory.newInstance()
                    .newXPath()
                    .evaluate(full, document, XPathConstants.NODESET);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
            .map(found::item)
            .map(Node::getTextContent)
            .map(String::strip)
            .toList();
      } catch (XPathExpressionException e) {
        throw new AssertionError(path, e);
      }
    }
  }
}
