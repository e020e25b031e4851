using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Tests;

/// <summary>
/// What the report tells the engine, and what comes of it when an administrator follows the advice that report and refusals print: the findings of
/// trials/guard.md, each with its right answer.
/// </summary>
public sealed class OwnershipReportTests
{
    private const string Usual = "unverified-hypervisor = warn";

    private static readonly Guid Anew = Guid.Parse("22222222-82b6-40ad-8962-6f0412bab47d");

    private VmLife life = null!;

    [SetUp]
    public void SetUp()
    {
        life = new VmLife();
        life.Host.AddFsdax(0);
    }

    [TearDown]
    public void TearDown() => life.Dispose();

    /// <summary>trials/guard.md 4, 7: the driver is not bound, or the superblock was not read.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void VmsNamespaceThatShowsItsRawArea_StaysInTheReportAsItWas_AndNothingIsAdvisedForIt(bool hasDevice)
    {
        life.Lives(VmLife.Vm1, 0);
        life.Report();
        var good = life.Host.ReadPayload();
        if (hasDevice)
        {
            life.FallBack(0);
        }
        else
        {
            life.Unbind(0);
        }

        var line = life.Report();
        Assert.That(life.Host.ReadPayload(), Is.EqualTo(good));
        Assert.That(line, Does.Contain(NvdimmCodes.FellBackToRaw).And.Not.Contain("accept-names"));
        Assert.That(line, Does.Not.Contain(NvdimmCodes.HookReportWithheld).And.Not.Contain(NvdimmCodes.IdentityChanged));
    }

    /// <summary>trials/guard.md 7: a region that is disabled at the moment.</summary>
    [Test]
    public void VmsNamespaceThatTheKernelDoesNotShow_StaysInTheReportAsItWas()
    {
        life.Lives(VmLife.Vm1, 0);
        life.Report();
        var good = life.Host.ReadPayload();
        File.Delete(Path.Combine(life.Host.Root, "sys/bus/nd/devices/namespace0.0"));
        life.Host.AddFsdax(3);
        life.Report();
        Assert.That(life.Reported, Is.EquivalentTo(new[] { "namespace0.0", "namespace3.0" }));
        Assert.That(JToken.DeepEquals(JObject.Parse(life.Host.ReadPayload())["namespace0.0"], JObject.Parse(good)["namespace0.0"]), Is.True);
    }

    /// <summary>trials/guard.md 7: what the ledger does not know a VM for is the engine's to detach.</summary>
    [Test]
    public void NobodysNamespaceThatTheKernelDoesNotShow_IsNotReported()
    {
        life.Host.AddFsdax(3);
        life.Report();
        File.Delete(Path.Combine(life.Host.Root, "sys/bus/nd/devices/namespace0.0"));
        life.Report();
        Assert.That(life.Reported, Is.EqualTo(new[] { "namespace3.0" }));
    }

    /// <summary>trials/guard.md 6: VM 9 has used its device since before the hooks were there.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void RecordOfAnotherHost_HidesNoDeviceOfThisOne(bool hasUuid)
    {
        const string Other = "1234567890abcdef1234567890abcdef";
        StateFolder.Make(life.Host.State, Other);
        var other = new LayoutLedger(life.Host.State, TimeProvider.System, Other);
        life.Starts(VmLife.Vm1, 0);
        life.Stop(VmLife.Vm1, 0);
        var layout = life.RecordOf(0).Layout!;
        life.Host.Ledger.Forget(life.RecordOf(0).Identity);
        Assert.That(DeviceIdentity.TryParse(hasUuid ? $"uuid-{Anew}" : "name-namespace0.0", out var identity), Is.True);
        other.Save(new LayoutUse(identity!, "namespace0.0", life.Host.Device(0), layout) { VmId = VmLife.Vm1, VmName = "one" });
        life.WriteLabels(0, Guid.NewGuid());
        var line = life.Report();
        Assert.That(life.Reported, Is.EqualTo(new[] { "namespace0.0" }), line);
        life.Starts(VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 8: made anew with the content kept, and under the old name.</summary>
    [Test]
    public void NamespaceMadeAnew_IsWithheld_UntilAnAdministratorDecides()
    {
        life.Lives(VmLife.Vm1, 0);
        life.GiveUuid(0, Anew);
        var line = life.Report();
        Assert.That(life.Reported, Is.Empty);
        life.Host.Configure(Usual, VmLife.AdvisedNames(line));
        life.Report();
        Assert.That(life.Reported, Is.EqualTo(new[] { "namespace0.0" }));
        life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 11</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void StateFolderThatIsNotThisHosts_IsSaid_AndTheReportIsMadeWithoutIt(bool isThere)
    {
        life.Lives(VmLife.Vm1, 0);
        Directory.Delete(life.Host.State, recursive: true);
        if (isThere)
        {
            StateFolder.Make(life.Host.State, "1234567890abcdef1234567890abcdef");
        }

        var before = Entries();
        var line = life.Report();
        Assert.That(line, Does.Contain(isThere ? NvdimmCodes.StateFolderForeign : NvdimmCodes.StateFolderMissing));
        Assert.That(Entries(), Is.EqualTo(before));
        Assert.That(life.Reported, Is.EqualTo(new[] { "namespace0.0" }), "it fails open");

        IEnumerable<string> Entries() => Directory.Exists(life.Host.State) ? Directory.GetFileSystemEntries(life.Host.State) : ["nothing"];
    }

    /// <summary>The report's advice for names that two VMs' devices have swapped (trials/guard.md 2, 3): each VM gets its own device, and no other.</summary>
    [Test]
    public void AdviceForSwappedNames_LetsNoVmStartWithTheOthersDevice()
    {
        life.Host.AddFsdax(1);
        life.Lives(VmLife.Vm1, 0);
        life.Lives(VmLife.Vm2, 1);
        life.Swap(0, 1);
        life.Host.Configure(Usual, VmLife.AdvisedNames(life.Report()));
        life.Report();
        Assert.That(life.Reported, Is.EquivalentTo(new[] { "namespace0.0", "namespace1.0" }));
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 1);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm3, 0);
        life.StartsSilently(VmLife.Vm1, 1);
        life.StartsSilently(VmLife.Vm2, 0);
    }

    /// <summary>The report's advice for a fresh device under an old name (trials/guard.md 3): whoever it is for, nobody loses what it has.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void AdviceForAFreshDevice_NamesNoOwner(bool isForAnother)
    {
        life.Lives(VmLife.Vm1, 0);
        life.Host.AddFsdax(1);
        life.Swap(0, 1);
        life.Host.Configure(Usual, VmLife.AdvisedNames(life.Report()));
        if (isForAnother)
        {
            life.StartsSilently(VmLife.Vm3, 0);
            life.Stop(VmLife.Vm3, 0);
            life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        }
        else
        {
            var line = life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
            Assert.That(line, Does.Contain(NvdimmCodes.DeviceRenamed), "its own device is there, under another name");
        }

        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 1);
        life.StartsSilently(VmLife.Vm1, 1);
    }

    /// <summary>What a refused clone is advised: the device is the clone's then, and not the first VM's any more.</summary>
    [Test]
    public async Task AdviceForADeviceOfAnotherVm_HandsItOver()
    {
        life.Lives(VmLife.Vm1, 0);
        var advice = VmLife.Advised(life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0)).Single();
        Assert.That(advice, Is.EqualTo(new[] { "layout", "give", "namespace0.0", "--to", VmLife.Vm2 }));
        Assert.That(await life.Tool(3, advice), Does.Contain("it holds labels of a guest").And.Contain("Repeat it with --yes"));
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        await life.Tool(0, [.. advice, "--yes"]);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm3, 0);
        life.StartsSilently(VmLife.Vm2, 0);
        life.Stop(VmLife.Vm2, 0);
        life.StartsSilently(VmLife.Vm1);
    }

    /// <summary>
    /// What is advised for a device that may be another VM's (trials/guard.md 8): it is another one, or it is that VM's. Either way it has one owner.
    /// </summary>
    [TestCase(VmLife.Vm2, VmLife.Vm1)]
    [TestCase(VmLife.Vm1, VmLife.Vm2)]
    public async Task AdviceForADeviceThatMayBeAnotherVms_DecidesForOneVm(string owner, string other)
    {
        life.Lives(VmLife.Vm1, 0);
        life.GiveUuid(0, Anew);
        life.Host.AddFsdax(1);
        life.Swap(0, 1);
        var advice = VmLife.Advised(life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 1));
        Assert.That(advice, Has.Count.EqualTo(2).And.All.Contains("give"));
        await life.Tool(0, [.. advice.Single(words => words.Contains(owner, StringComparer.Ordinal)), "--yes"]);
        life.Host.Environment["nvdimm"] = $"{Anew}";
        life.Starts(owner, 1);
        life.Stop(owner, 1);
        life.Refuses(NvdimmCodes.UsedByOtherVm, other, 1);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm3, 1);
        life.StartsSilently(owner, 1);
    }

    /// <summary>The owner itself is not refused where it is not sure, and what it is told ends the doubt.</summary>
    [Test]
    public async Task AdviceForTheOwner_EndsTheDoubt()
    {
        life.Lives(VmLife.Vm1, 0);
        life.GiveUuid(0, Anew);
        life.Host.Environment["nvdimm"] = $"{Anew}";
        var line = life.Starts(VmLife.Vm1, 0);
        Assert.That(line, Does.Contain(NvdimmCodes.IdentityUncertain));
        life.Stop(VmLife.Vm1, 0);
        await life.Tool(0, [.. VmLife.Advised(line).Single(), "--yes"]);
        life.StartsSilently(VmLife.Vm1, 0);
        life.Stop(VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
    }

    /// <summary>What may be a released device is nobody's: its record is put aside, and the first VM that uses it is the owner.</summary>
    [Test]
    public async Task AdviceForADeviceThatMayBeAReleasedOne_MakesItANewOne()
    {
        life.Lives(VmLife.Vm1, 0);
        await life.Tool(0, "layout", "give", "namespace0.0", "--none", "--yes");
        life.GiveUuid(0, Anew);
        var advice = VmLife.Advised(life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 0));
        await life.Tool(0, advice.Single(words => words[1] == "forget"));
        life.Starts(VmLife.Vm2, 0);
        life.Stop(VmLife.Vm2, 0);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
    }

    /// <summary>What is advised for a raw area (trials/guard.md 4): bring the namespace back, or put the record aside; the raw device is a new one.</summary>
    [Test]
    public async Task AdviceForARawArea_IsNeverToAcceptIt()
    {
        life.Lives(VmLife.Vm1, 0);
        life.FallBack(0);
        var line = life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        Assert.That(line, Does.Contain("ndctl enable-namespace namespace0.0").And.Not.Contain("layout give").And.Not.Contain("accept"));
        await life.Tool(3, "layout", "give", "namespace0.0", "--to", VmLife.Vm1, "--yes");
        life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        var forget = VmLife.Advised(line).Single();
        Assert.That(forget, Is.EqualTo(new[] { "layout", "forget", $"uuid-{HookHost.Uuid(0)}" }));
        await life.Tool(0, [.. forget, "--yes"]);
        life.Starts(VmLife.Vm2, 0);
    }

    /// <summary>What is advised for a missing and for a foreign state folder (trials/guard.md 11): restore the records, or say that there are none.</summary>
    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public async Task AdviceForAStateFolder_GivesTheDeviceToWhomTheRecordsSay(bool isThere, bool isRestored)
    {
        life.Lives(VmLife.Vm1, 0);
        var export = Path.Combine(life.Host.Root, "export.json");
        await life.Tool(0, "layout", "export", export);
        Directory.Delete(life.Host.State, recursive: true);
        if (isThere)
        {
            Directory.CreateDirectory(life.Host.State);
        }

        var (status, line, _) = life.Start(VmLife.Vm2, 0);
        Assert.That(status, Is.EqualTo(ExitStatus.Refused));
        Assert.That(Directory.Exists(life.Host.State), Is.EqualTo(isThere));
        await life.Tool(0, VmLife.Advised(line).Single());
        if (isRestored)
        {
            await life.Tool(0, "layout", "import", export);
            life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
            life.StartsSilently(VmLife.Vm1, 0);
        }
        else
        {
            life.Starts(VmLife.Vm2, 0);
            life.Stop(VmLife.Vm2, 0);
            life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        }
    }
}
