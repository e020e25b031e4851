using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;


namespace Nvdimm.Extensions.Host.Tests.Conformance;

public sealed class CommandLineTests
{
    [Test]
    public void Join_AnyWords_AShellReadsThemBack()
    {
        string[] words = ["plain", "", "two words", "it's", "$HOME", "a\\b", "\"", "line\nbreak", "*"];
        Assert.That(ShellWords.Split(ShellWords.Join(words)), Is.EqualTo(words));
        var (_, output, _) = RealProgram.Run("sh", "-c", $"printf '%s\\0' {ShellWords.Join(words)}");
        Assert.That(output, Is.EqualTo(string.Join('\0', words) + '\0'));
    }

    [Test]
    public void Split_SpacesAndEscapes_AreAsInAShell() =>
        Assert.That(ShellWords.Split(" a  b\\ c 'd '\\''e'f\t\n"), Is.EqualTo(new[] { "a", "b c", "d 'ef" }));

    [Test]
    public void Of_Json_GivesThePlainValuesOfTheObjectItself()
    {
        string[] words = ["-object", """{"qom-type":"memory-backend-file","size":7,"nested":{"size":8},"list":[1],"share":true,"after":"x"}"""];
        var values = QemuArguments.Of(words, "-object", "qom-type", "memory-backend-file").Single();
        Assert.That(values["size"], Is.EqualTo("7"));
        Assert.That(values["after"], Is.EqualTo("x"));
    }

    [Test]
    public void Of_OtherOptionsAndTypes_AreLeftOut()
    {
        string[] words = ["-device", "pc-dimm,id=a", "-object", "nvdimm,id=b", "-device", "nvdimm,id=c,,d,flag", "-device"];
        var values = QemuArguments.Of(words, "-device", "driver", "nvdimm").Single();
        Assert.That(values["id"], Is.EqualTo("c,d"));
    }
}
