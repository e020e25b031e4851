using Newtonsoft.Json.Linq;

namespace Nvdimm.Cli.Tests;

/// <summary>The tool as a process of its own, with a program in place of ndctl.</summary>
public sealed class ProcessTests
{
    private static readonly string Tool = typeof(NvdimmTool).Assembly.Location;
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("nvdimm-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void List_AsksThisHost()
    {
        FakeNdctl($"cat '{ToolRun.Modes}'");
        var (status, output, error) = Run("list", "--json");
        Assert.That((status, error), Is.EqualTo((ExitStatus.Good, "")));
        Assert.That(JObject.Parse(output)["devices"]!.Count(), Is.EqualTo(19));
    }

    [Test]
    public void List_NdctlFails_Is5AndOneLine()
    {
        FakeNdctl("echo broken >&2; exit 7");
        var (status, output, error) = Run("list", "--json");
        Assert.That((status, output, error), Is.EqualTo((ExitStatus.Failed, "", "nvdimm: 'ndctl list -N -v' failed with exit status 7: broken\n")));
    }

    [Test]
    public void List_NdctlIsPartial_Is5AndPrintsTheRest()
    {
        FakeNdctl($"cat '{ToolRun.Modes}'; echo cannot >&2; exit 244");
        var (status, output, _) = Run("list", "--json");
        Assert.That(status, Is.EqualTo(ExitStatus.Failed));
        Assert.That(ToolRun.Codes(JObject.Parse(output)["issues"]), Does.Contain("NVDIMM_NDCTL_PARTIAL"));
    }

    [Test]
    public void List_NoNdctl_Is5()
    {
        var (status, output, error) = RealProgram.Run("/bin/sh", "-c", "dotnet=$(command -v dotnet); PATH=/nowhere exec \"$dotnet\" \"$0\" list", Tool);
        Assert.That((status, output), Is.EqualTo((ExitStatus.Failed, "")));
        Assert.That(error, Does.Match(@"\Anvdimm: 'ndctl list -N -v' could not be started: [^\n]+\n\z"));
    }

    [Test]
    public void List_StandardInput()
    {
        var (status, output, error) = RealProgram.Run("/bin/sh", "-c", "exec dotnet \"$0\" list --ndctl - < \"$1\"", Tool, ToolRun.Modes);
        Assert.That(status, Is.EqualTo(ExitStatus.Good));
        Assert.That(error, Does.StartWith("warning NVDIMM_NO_LABELS: namespace5.0 ").And.Contain("\nNot checked: "), "notes go to standard error");
        Assert.That(output, Is.EqualTo(TestFiles.Text("cli", "list-all-modes.txt")), "no colour, nothing wrapped");
    }

    [Test]
    public void Output_IsUtf8WhateverTheLocale()
    {
        var (_, output, _) = RealProgram.Run("/usr/bin/env", "LC_ALL=en_US.ISO-8859-1", "dotnet", Tool, "list", "--json", "--ndctl", ToolRun.Modes);
        Assert.That(output, Does.StartWith("{").And.Contain("log dev é"));
    }

    [Test]
    public void OutputThatCannotBeWritten_Is5()
    {
        var (status, _, error) = RealProgram.Run("/bin/sh", "-c", "exec dotnet \"$0\" list --json --ndctl \"$1\" > /dev/full", Tool, ToolRun.Modes);
        Assert.That(status, Is.EqualTo(ExitStatus.Failed));
        Assert.That(error, Is.EqualTo("nvdimm: Standard output could not be written: No space left on device. What the command has changed before stays changed.\n"));
    }

    [Test]
    public void Interrupt_Is130()
    {
        FakeNdctl("kill -INT $PPID; exec sleep 30");
        var (status, output, error) = Run("list");
        Assert.That((status, output, error), Is.EqualTo((ExitStatus.Interrupted, "", "nvdimm: interrupted\n")));
    }

    /// <summary>The tool becomes the program: same process, its output, its exit status.</summary>
    [Test]
    public void EngineServe_BecomesTheProgramOfTheService()
    {
        FakeNdctl("printf '%s\\n' \"$@\"; exit 5");
        var (status, output, error) = Run(
            "engine", "serve", "--program", Path.Combine(folder, "ndctl"), "--url", "https://engine.example.org/ovirt-engine", "--listen", "127.0.0.1:9", "--record", "a b");
        Assert.That((status, error), Is.EqualTo((ExitStatus.Failed, "")));
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            "--url=https://engine.example.org/ovirt-engine", "--listen=127.0.0.1:9", "--ssh-user=root", "--record=a b",
        }));
    }

    [Test]
    public void EngineServe_WithoutItsProgram_SaysWhatToInstall()
    {
        var (status, output, error) = Run("engine", "serve", "--program", "/nowhere/service", "--url", "https://engine.example.org/ovirt-engine");
        Assert.That((status, output), Is.EqualTo((ExitStatus.BadInput, "")));
        Assert.That(error, Is.EqualTo(
            "nvdimm: there is no program /nowhere/service: install the package nvdimm-engine-service, or name the program with --program\n"));
    }

    [Test]
    public void EngineServe_WithAProgramThatCannotRun_Is5()
    {
        var file = Path.Combine(folder, "text");
        File.WriteAllText(file, "no program");
        var (status, _, error) = Run("engine", "serve", "--program", file, "--url", "https://engine.example.org/ovirt-engine");
        Assert.That((status, error), Is.EqualTo((ExitStatus.Failed, $"nvdimm: {file} cannot be run: Permission denied\n")));
    }

    [TestCase(ExitStatus.Usage, "frob")]
    [TestCase(ExitStatus.Refused, "size", "--arch", "x86_64", "--device-size", "0")]
    [TestCase(ExitStatus.BadInput, "list", "--ndctl", "/nowhere")]
    public void ExitStatusOfTheProcess(int expected, params string[] arguments) => Assert.That(Run(arguments).ExitCode, Is.EqualTo(expected));

    private void FakeNdctl(string script)
    {
        var path = Path.Combine(folder, "ndctl");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        Assert.That(RealProgram.Run("chmod", "+x", path).ExitCode, Is.Zero);
    }

    /// <summary>A test run in the background of a shell ignores SIGINT, and so would what it starts.</summary>
    private (int ExitCode, string Output, string Error) Run(params string[] arguments) =>
        RealProgram.Run("/usr/bin/env", ["--default-signal=INT", $"PATH={folder}:{Environment.GetEnvironmentVariable("PATH")}", "dotnet", Tool, .. arguments]);
}
