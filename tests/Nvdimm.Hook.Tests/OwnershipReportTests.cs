using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Tests;

/// <summary>
/// What the report tells the engine, and what comes of it when an administrator follows the advice that report and refusals print: the findings of
/// trials/guard.md, each with its right answer.
/// </summary>
public sealed class OwnershipReportTests : VmLifeFixture
{
    /// <summary>trials/guard.md 4, 7: the driver is not bound, or the superblock was not read.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void VmsNamespaceThatShowsItsRawArea_StaysInTheReportAsItWas_AndNothingIsAdvisedForIt(bool hasDevice)
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Report();
        var good = Life.Host.ReadPayload();
        if (hasDevice)
        {
            Life.FallBack(0);
        }
        else
        {
            Life.Unbind(0);
        }

        var line = Life.Report();
        Assert.That(Life.Host.ReadPayload(), Is.EqualTo(good));
        Assert.That(line, Does.Contain(NvdimmCodes.FellBackToRaw).And.Not.Contain("accept-names"));
        Assert.That(line, Does.Not.Contain(NvdimmCodes.HookReportWithheld).And.Not.Contain(NvdimmCodes.IdentityChanged));
    }

    /// <summary>trials/guard.md 7: a region that is disabled at the moment.</summary>
    [Test]
    public void VmsNamespaceThatTheKernelDoesNotShow_StaysInTheReportAsItWas()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Report();
        var good = Life.Host.ReadPayload();
        File.Delete(Path.Combine(Life.Host.Root, "sys/bus/nd/devices/namespace0.0"));
        Life.Host.AddFsdax(3);
        Life.Report();
        Assert.That(Life.Reported, Is.EquivalentTo(new[] { "namespace0.0", "namespace3.0" }));
        Assert.That(JToken.DeepEquals(JObject.Parse(Life.Host.ReadPayload())["namespace0.0"], JObject.Parse(good)["namespace0.0"]), Is.True);
    }

    /// <summary>trials/guard.md 7: what the ledger does not know a VM for is the engine's to detach.</summary>
    [Test]
    public void NobodysNamespaceThatTheKernelDoesNotShow_IsNotReported()
    {
        Life.Host.AddFsdax(3);
        Life.Report();
        File.Delete(Path.Combine(Life.Host.Root, "sys/bus/nd/devices/namespace0.0"));
        Life.Report();
        Assert.That(Life.Reported, Is.EqualTo(new[] { "namespace3.0" }));
    }

    /// <summary>trials/guard.md 6: VM 9 has used its device since before the hooks were there.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void RecordOfAnotherHost_HidesNoDeviceOfThisOne(bool hasUuid)
    {
        const string Other = "1234567890abcdef1234567890abcdef";
        StateFolder.Make(Life.Host.State, Other);
        var other = new LayoutLedger(Life.Host.State, TimeProvider.System, Other);
        Life.Starts(VmLife.Vm1, 0);
        Life.Stop(VmLife.Vm1, 0);
        var layout = Life.RecordOf(0).Layout!;
        Life.Host.Ledger.Forget(Life.RecordOf(0).Identity);
        Assert.That(DeviceIdentity.TryParse(hasUuid ? $"uuid-{Anew}" : "name-namespace0.0", out var identity), Is.True);
        other.Save(new LayoutUse
        {
            Identity = identity!,
            Name = "namespace0.0",
            Path = Life.Host.Device(0),
            Layout = layout,
            VmId = VmLife.Vm1,
            VmName = "one",
        });
        Life.WriteLabels(0, Guid.NewGuid());
        var line = Life.Report();
        Assert.That(Life.Reported, Is.EqualTo(new[] { "namespace0.0" }), line);
        Life.Starts(VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 8: made anew with the content kept, and under the old name.</summary>
    [Test]
    public void NamespaceMadeAnew_IsWithheld_UntilAnAdministratorDecides()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.GiveUuid(0, Anew);
        var line = Life.Report();
        Assert.That(Life.Reported, Is.Empty);
        Life.Host.Configure(Usual, VmLife.AdvisedNames(line));
        Life.Report();
        Assert.That(Life.Reported, Is.EqualTo(new[] { "namespace0.0" }));
        Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 11</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void StateFolderThatIsNotThisHosts_IsSaid_AndTheReportIsMadeWithoutIt(bool isThere)
    {
        Life.Lives(VmLife.Vm1, 0);
        Directory.Delete(Life.Host.State, recursive: true);
        if (isThere)
        {
            StateFolder.Make(Life.Host.State, "1234567890abcdef1234567890abcdef");
        }

        var before = Entries();
        var line = Life.Report();
        Assert.That(line, Does.Contain(isThere ? NvdimmCodes.StateFolderForeign : NvdimmCodes.StateFolderMissing));
        Assert.That(Entries(), Is.EqualTo(before));
        Assert.That(Life.Reported, Is.EqualTo(new[] { "namespace0.0" }), "it fails open");

        IEnumerable<string> Entries() => Directory.Exists(Life.Host.State) ? Directory.GetFileSystemEntries(Life.Host.State) : ["nothing"];
    }

    /// <summary>The report's advice for names that two VMs' devices have swapped (trials/guard.md 2, 3): each VM gets its own device, and no other.</summary>
    [Test]
    public void AdviceForSwappedNames_LetsNoVmStartWithTheOthersDevice()
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0);
        Life.Lives(VmLife.Vm2, 1);
        Life.Swap(0, 1);
        Life.Host.Configure(Usual, VmLife.AdvisedNames(Life.Report()));
        Life.Report();
        Assert.That(Life.Reported, Is.EquivalentTo(new[] { "namespace0.0", "namespace1.0" }));
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 1);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm3, 0);
        Life.StartsSilently(VmLife.Vm1, 1);
        Life.StartsSilently(VmLife.Vm2, 0);
    }

    /// <summary>The report's advice for a fresh device under an old name (trials/guard.md 3): whoever it is for, nobody loses what it has.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void AdviceForAFreshDevice_NamesNoOwner(bool isForAnother)
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Host.AddFsdax(1);
        Life.Swap(0, 1);
        Life.Host.Configure(Usual, VmLife.AdvisedNames(Life.Report()));
        if (isForAnother)
        {
            Life.StartsSilently(VmLife.Vm3, 0);
            Life.Stop(VmLife.Vm3, 0);
            Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        }
        else
        {
            var line = Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
            Assert.That(line, Does.Contain(NvdimmCodes.DeviceRenamed), "its own device is there, under another name");
        }

        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 1);
        Life.StartsSilently(VmLife.Vm1, 1);
    }

    /// <summary>What a refused clone is advised: the device is the clone's then, and not the first VM's any more.</summary>
    [Test]
    public async Task AdviceForADeviceOfAnotherVm_HandsItOver()
    {
        Life.Lives(VmLife.Vm1, 0);
        var advice = VmLife.Advised(Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0)).Single();
        Assert.That(advice, Is.EqualTo(new[] { "layout", "give", "namespace0.0", "--to", VmLife.Vm2 }));
        Assert.That(await Life.Tool(3, advice), Does.Contain("it holds labels of a guest").And.Contain("Repeat it with --yes"));
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        await Life.Tool(0, [.. advice, "--yes"]);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm3, 0);
        Life.StartsSilently(VmLife.Vm2, 0);
        Life.Stop(VmLife.Vm2, 0);
        Life.StartsSilently(VmLife.Vm1);
    }

    /// <summary>
    /// What is advised for a device that may be another VM's (trials/guard.md 8): it is another one, or it is that VM's. Either way it has one owner.
    /// </summary>
    [TestCase(VmLife.Vm2, VmLife.Vm1)]
    [TestCase(VmLife.Vm1, VmLife.Vm2)]
    public async Task AdviceForADeviceThatMayBeAnotherVms_DecidesForOneVm(string owner, string other)
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.GiveUuid(0, Anew);
        Life.Host.AddFsdax(1);
        Life.Swap(0, 1);
        var advice = VmLife.Advised(Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 1));
        Assert.That(advice, Has.Count.EqualTo(2).And.All.Contains("give"));
        await Life.Tool(0, [.. advice.Single(words => words.Contains(owner, StringComparer.Ordinal)), "--yes"]);
        Life.Host.Environment["nvdimm"] = $"{Anew}";
        Life.Starts(owner, 1);
        Life.Stop(owner, 1);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, other, 1);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm3, 1);
        Life.StartsSilently(owner, 1);
    }

    /// <summary>The owner itself is not refused where it is not sure, and what it is told ends the doubt.</summary>
    [Test]
    public async Task AdviceForTheOwner_EndsTheDoubt()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.GiveUuid(0, Anew);
        Life.Host.Environment["nvdimm"] = $"{Anew}";
        var line = Life.Starts(VmLife.Vm1, 0);
        Assert.That(line, Does.Contain(NvdimmCodes.IdentityUncertain));
        Life.Stop(VmLife.Vm1, 0);
        await Life.Tool(0, [.. VmLife.Advised(line).Single(), "--yes"]);
        Life.StartsSilently(VmLife.Vm1, 0);
        Life.Stop(VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
    }

    /// <summary>What may be a released device is nobody's: its record is put aside, and the first VM that uses it is the owner.</summary>
    [Test]
    public async Task AdviceForADeviceThatMayBeAReleasedOne_MakesItANewOne()
    {
        Life.Lives(VmLife.Vm1, 0);
        await Life.Tool(0, "layout", "give", "namespace0.0", "--none", "--yes");
        Life.GiveUuid(0, Anew);
        var advice = VmLife.Advised(Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 0));
        await Life.Tool(0, advice.Single(words => words[1] == "forget"));
        Life.Starts(VmLife.Vm2, 0);
        Life.Stop(VmLife.Vm2, 0);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
    }

    /// <summary>What is advised for a raw area (trials/guard.md 4): bring the namespace back, or put the record aside; the raw device is a new one.</summary>
    [Test]
    public async Task AdviceForARawArea_IsNeverToAcceptIt()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.FallBack(0);
        var line = Life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        Assert.That(line, Does.Contain("ndctl enable-namespace namespace0.0").And.Not.Contain("layout give").And.Not.Contain("accept"));
        await Life.Tool(3, "layout", "give", "namespace0.0", "--to", VmLife.Vm1, "--yes");
        Life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        var forget = VmLife.Advised(line).Single();
        Assert.That(forget, Is.EqualTo(new[] { "layout", "forget", $"uuid-{HookHost.Uuid(0)}" }));
        await Life.Tool(0, [.. forget, "--yes"]);
        Life.Starts(VmLife.Vm2, 0);
    }

    /// <summary>What is advised for a missing and for a foreign state folder (trials/guard.md 11): restore the records, or say that there are none.</summary>
    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public async Task AdviceForAStateFolder_GivesTheDeviceToWhomTheRecordsSay(bool isThere, bool isRestored)
    {
        Life.Lives(VmLife.Vm1, 0);
        var export = Path.Combine(Life.Host.Root, "export.json");
        await Life.Tool(0, "layout", "export", export);
        Directory.Delete(Life.Host.State, recursive: true);
        if (isThere)
        {
            Directory.CreateDirectory(Life.Host.State);
        }

        var (status, line, _) = Life.Start(VmLife.Vm2, 0);
        Assert.That(status, Is.EqualTo(ExitStatus.Refused));
        Assert.That(Directory.Exists(Life.Host.State), Is.EqualTo(isThere));
        await Life.Tool(0, VmLife.Advised(line).Single());
        if (isRestored)
        {
            await Life.Tool(0, "layout", "import", export);
            Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
            Life.StartsSilently(VmLife.Vm1, 0);
        }
        else
        {
            Life.Starts(VmLife.Vm2, 0);
            Life.Stop(VmLife.Vm2, 0);
            Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0);
        }
    }
}
