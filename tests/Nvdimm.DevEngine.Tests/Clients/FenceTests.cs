namespace Nvdimm.DevEngine.Tests.Clients;

/// <summary>fence_rhevm of Debian's fence-agents, unmodified.</summary>
public sealed class FenceTests : EngineTests
{
    [SetUp]
    public void RequireProgram() => RealProgram.Require("fence_rhevm", "fence-agents");

    [Test]
    public void Status_OfVm_IsOff()
    {
        var (status, output, error) = Run("status", "vm1");
        Assert.That((status, output), Is.EqualTo((2, "Status: OFF\n")), error);
    }

    [Test]
    public void Status_WithCookies_IsOff()
    {
        using var folder = new TemporaryFolder();
        var (status, output, error) = Run("status", "vm1", "--use-cookies", "--cookie-file", folder.PathOf("cookies"));
        Assert.That((status, output), Is.EqualTo((2, "Status: OFF\n")), error);
    }

    [Test]
    public void List_HasAllVms()
    {
        var (status, output, error) = Run("list");
        Assert.That(status, Is.Zero, error);
        Assert.That(output, Does.Contain("vm1,").And.Contain("vm-power,"));
    }

    [Test]
    public void Off_OfVmThatIsOff_Succeeds() => Assert.That(Run("off", "vm1").ExitCode, Is.Zero);

    [Test]
    public void Status_OfUnknownVm_Fails() => Assert.That(Run("status", "nothing").ExitCode, Is.Not.Zero.And.Not.EqualTo(2));

    private (int ExitCode, string Output, string Error) Run(string action, string? vm = null, params string[] more) => RealProgram.Run(
        "fence_rhevm",
        [
            "--ip", Engine.Url.Host, "--ipport", $"{Engine.Url.Port}", "--username", RunningEngine.Admin, "--password", RunningEngine.Password,
            "--disable-http-filter", "--action", action, .. vm is null ? [] : new[] { "--plug", vm }, .. more,
        ]);
}
