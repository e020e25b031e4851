using Nvdimm.Cli.Completion;

namespace Nvdimm.Cli.Tests;

/// <summary>What the tool answers to a shell, and the scripts in the real shells.</summary>
public sealed class CompletionTests
{
    private static readonly string Tool = typeof(NvdimmTool).Assembly.Location;

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("la", new[] { "layout" })]
    [TestCase("layout s", new[] { "show", "share" })]
    [TestCase("help layout s", new[] { "show", "share" })]
    [TestCase("list --n", new[] { "--ndctl" })]
    [TestCase("list --format ", new[] { "json", "table", "vdsm" })]
    [TestCase("list --format=j", new[] { "--format=json" })]
    [TestCase("list --format = j", new[] { "json" })]
    [TestCase("list --ndctl ", new[] { Completer.Files })]
    [TestCase("host status --root ", new[] { Completer.Folders })]
    [TestCase("size --strategy l", new[] { "largest" })]
    [TestCase("check at", new[] { "attach" })]
    [TestCase("check attach ", new string[0])]
    [TestCase("plan --device namespace1", new[] { "namespace1.0" })]
    [TestCase("plan --device namespace1.0 namespace0", new[] { "namespace0.0" })]
    [TestCase("plan --device namespace1.0 --dev", new[] { "--device" })]
    [TestCase("layout show ", new[] { "namespace0.0", "namespace1.0" })]
    [TestCase("engine attach --inventory ", new[] { "local", "ssh", Completer.Folders })]
    [TestCase("engine attach --device ", new string[0])]
    [TestCase("list --json --js", new string[0])]
    [TestCase("completion ", new[] { "bash", "fish", "zsh" })]
    [TestCase("frob ", new string[0])]
    public void Words_Fit(string line, string[] expected) => Assert.That(
        new Completer(ToolRun.Commands(), () => ["namespace0.0", "namespace1.0"]).Complete(line.Split(' ')).Select(answer => answer.Split('\t')[0]),
        Is.EqualTo(expected));

    [Test]
    public async Task DevicesOfThisHost_AreThoseOfTheKernel()
    {
        var run = await ToolRun.With("", NSubstitute.Substitute.For<Nvdimm.Extensions.Ndctl.INdctlRunner>(), ["complete", "--", "plan", "--device", ""], root: folder.Path);
        run.AssertStatus(ExitStatus.Good);
        Assert.That((run.Output, run.Error), Is.EqualTo(("", "")), "a host without NVDIMMs");
    }

    [Test]
    public void Bash_Completes()
    {
        const string script = """
            source <(nvdimm completion bash)
            ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nvdimm; echo "${COMPREPLY[*]}"; }
            complete -p nvdimm
            ask nvdimm lay
            ask nvdimm layout sh
            ask nvdimm list --format ''
            ask nvdimm list --format = v
            ask nvdimm list --ndctl "$1/fi"
            """;
        var lines = Shell("bash", "--norc", "-c", script, "bash", Written());
        Assert.That(lines, Is.EqualTo(new[] { "complete -F _nvdimm nvdimm", "layout", "show share", "json table vdsm", "vdsm", folder.PathOf("file.json") }));
    }

    [Test]
    public void Fish_Completes()
    {
        RealProgram.Require("fish", "fish");
        const string script = "nvdimm completion fish | source; for line in 'nvdimm lay' 'nvdimm layout sh' 'nvdimm list --format ' 'nvdimm list --ndctl '$argv[1]/fi; complete -C $line; end";
        var lines = Shell("fish", "--no-config", "-c", script, Written()).Select(line => line.Split('\t')[0]);
        Assert.That(lines, Is.EqualTo(new[] { "layout", "share", "show", "json", "table", "vdsm", folder.PathOf("file.json") }));
    }

    /// <summary>zsh completes only at a terminal: its own pseudo-terminal is one. What is run there after the completion is noted.</summary>
    [Test]
    public void Zsh_Completes()
    {
        RealProgram.Require("zsh", "zsh");
        const string script = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; autoload -U compinit; compinit -u -D; source <(nvdimm completion zsh)'
            zpty -w shell $'nvdimm lay\tshow'
            zpty -w shell $'nvdimm size --strategy la\t--json'
            zpty -w shell "nvdimm list --ndctl $1/fi"$'\t'
            zpty -w shell exit
            while zpty -r shell line; do :; done
            cat "$1/log"
            """;
        var lines = Shell("zsh", "-f", "-c", script, "zsh", Written());
        Assert.That(lines, Is.EqualTo(new[] { "layout show", "size --strategy largest --json", $"list --ndctl {folder.PathOf("file.json")}" }));
    }

    private string Written() => Path.GetDirectoryName(folder.Write("file.json", ""))!;

    /// <summary>The lines that a shell prints, with the tool under its name in PATH.</summary>
    private string[] Shell(string shell, params string[] arguments)
    {
        folder.WriteScript("bin/nvdimm", $"case $1 in complet*) exec dotnet '{Tool}' \"$@\";; esac; echo \"$*\" >>'{folder.PathOf("log")}'");
        var (status, output, error) = RealProgram.Run(
            "/usr/bin/env", [$"PATH={folder.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}", $"HOME={folder.Path}", shell, .. arguments]);
        Assert.That((status, error), Is.EqualTo((0, "")), output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
