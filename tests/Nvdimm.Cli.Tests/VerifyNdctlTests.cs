using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Ndctl;
using static Nvdimm.Cli.Tests.VerifyRun;

namespace Nvdimm.Cli.Tests;

/// <summary>What <c>nvdimm verify</c> says of the installed ndctl.</summary>
public sealed class VerifyNdctlTests
{
    private static readonly TestCaseData[] NdctlLines =
    [
        Ndctl("Known", Known, "ndctl 76.1 is a known version; all that it prints of 3 namespaces is known."),
        Ndctl("NothingToLookAt", Known with { Namespaces = 0 }, "ndctl 76.1 is a known version; this host has no namespaces to look at."),
        Ndctl("Newer", Known with { Version = "86" }, "ndctl 86 is newer than 85, the newest whose keys are known; all that it prints"),
        Ndctl("UnknownKey", Known with { Findings = [Unknown("speed"), Unknown("age"), Unknown("speed")] }, "it prints what is not known: age, speed."),
        Ndctl("UnknownMode", Known with { Findings = [Finding.Warning(NvdimmCodes.NdctlUnknownMode, ("mode", "x"))] }, "it prints what is not known: see below."),
    ];

    [TestCaseSource(nameof(NdctlLines))]
    public async Task Verify_Ndctl_SaysWhatIsKnownAndIsNoDrift(NdctlCheckResult check, string line)
    {
        var run = await With(_ => Task.FromResult(Good), _ => Task.FromResult(check), "verify");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain(line));
        foreach (var finding in check.Findings)
        {
            Assert.That(run.Output, Does.Contain($"warning {finding.Code}: "));
        }
    }

    [Test]
    public async Task Verify_NdctlJson_NamesUnknownKeys()
    {
        var check = Known with { Findings = [Unknown("speed")] };
        var run = await With(_ => Task.FromResult(Good), _ => Task.FromResult(check), "verify", "--json");
        run.AssertStatus(0);
        Assert.That(run.Json["ndctl"]!.ToString(), Is.EqualTo(new JObject
        {
            ["installed"] = true,
            ["version"] = "76.1",
            ["known"] = false,
            ["namespaces"] = 3,
            ["unknownKeys"] = new JArray("speed"),
            ["codes"] = new JArray(NvdimmCodes.NdctlUnknownKey),
            ["failure"] = null,
        }.ToString()));
    }

    /// <summary>Neither one that is not there nor one that fails is about sizes.</summary>
    [TestCase("/nonexistent/ndctl", "ndctl is not installed", false)]
    [TestCase("/bin/false", "ndctl could not be asked: '/bin/false --version' failed with exit status 1", true)]
    public async Task Verify_NdctlThatCannotBeAsked_IsSaidAndNoFailure(string program, string line, bool isInstalled)
    {
        var runner = new NdctlRunner(new NdctlRunnerOptions { Program = program });
        var run = await With(_ => Task.FromResult(Good), runner.CheckAsync, "verify");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain(line));
        var json = (await With(_ => Task.FromResult(Good), runner.CheckAsync, "verify", "--json")).Json["ndctl"]!;
        Assert.That(((bool)json["installed"]!, (bool)json["known"]!, (string?)json["version"]), Is.EqualTo((isInstalled, false, (string?)null)));
        Assert.That((string?)json["failure"], Does.Contain(program));
    }

    private static Finding Unknown(string key) =>
        Finding.Warning(NvdimmCodes.NdctlUnknownKey, ("key", key), ("place", "namespace"), ("line", "1"), ("position", "2"));

    private static TestCaseData Ndctl(string name, NdctlCheckResult check, string line) => new TestCaseData(check, line).SetArgDisplayNames(name);
}
