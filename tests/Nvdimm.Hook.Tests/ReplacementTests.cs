using System.Text.Json.Nodes;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Tests;

/// <summary>Another device under the name of a VM's own one: what decides, through the real hook and the tool.</summary>
public sealed class ReplacementTests : VmLifeFixture
{
    /// <summary>The refusal prints the command; after it the VM starts without a further word, and again.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task NamespaceMadeAnew_IsTheVmsAfterGive(bool isKept)
    {
        MakeAnew(isKept);
        var advice = VmLife.Advised(Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0)).Single();
        Assert.That(advice, Is.EqualTo(new[] { "layout", "give", "namespace0.0", "--to", VmLife.Vm1 }));
        var old = Life.RecordOf(0).Identity;
        Assert.That(await Life.Tool(3, advice), Does.Contain($"in place of {old}"));
        Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0);
        await Life.Tool(0, [.. advice, "--yes"]);
        Life.Report();
        Assert.That(Life.Reported, Is.EqualTo(new[] { "namespace0.0" }), "nothing is withheld");
        Life.StartsSilently(VmLife.Vm1, 0);
        Life.Stop(VmLife.Vm1, 0);
        Life.StartsSilently(VmLife.Vm1, 0);
        Life.Stop(VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        Assert.That((Life.RecordOf(0).ReplacedBy, Life.RecordOf(0).VmId), Is.EqualTo((Identity(Anew), VmLife.Vm1)), "what was on it stays the VM's");
    }

    /// <summary>It does so for the owner of the earlier device only.</summary>
    [Test]
    public async Task NamespaceMadeAnew_GivenToAnotherVm_TakesNothingFromTheFirst()
    {
        MakeAnew(isKept: false);
        await Life.Tool(0, "layout", "give", "namespace0.0", "--to", VmLife.Vm2, "--yes");
        Assert.That(Life.RecordOf(0).ReplacedBy, Is.Null);
        Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1);
        Life.StartsSilently(VmLife.Vm2, 0);
    }

    /// <summary>A device that the host shows under another name is not replaced: the VM has to have it.</summary>
    [Test]
    public async Task FreshDeviceUnderTheOldName_GivenToTheVm_DoesNotReplaceItsOwn()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Host.AddFsdax(1);
        Life.Swap(0, 1);
        await Life.Tool(0, "layout", "give", "namespace0.0", "--to", VmLife.Vm1, "--yes");
        Assert.That(Life.RecordOf(0).ReplacedBy, Is.Null);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
        var line = Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0, 1);
        Life.Host.Configure(Usual, VmLife.AdvisedNames(line));
        Life.StartsSilently(VmLife.Vm1, 0, 1);
    }

    /// <summary>One VM's two devices have swapped their names: what the start prints is one line for both, and so is what the report prints.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void SwappedNamesOfOneVm_AreOneLineOfTheConfiguration(bool isOfTheReport)
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0, 1);
        Life.Swap(0, 1);
        var line = isOfTheReport ? Life.Report() : Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0, 1);
        var advice = VmLife.AdvisedNames(line);
        Assert.That(advice, Is.EqualTo($"accept-names = namespace0.0:{HookHost.Uuid(1)} namespace1.0:{HookHost.Uuid(0)}"));
        Assert.That(line, Does.Contain($"[{NvdimmCodes.NamesToAccept}] To use namespace0.0, namespace1.0 under their present names"));
        Life.Host.Configure(Usual, advice);
        Life.Report();
        Assert.That(Life.Reported, Is.EquivalentTo(new[] { "namespace0.0", "namespace1.0" }));
        Life.StartsSilently(VmLife.Vm1, 0, 1);
    }

    /// <summary>What is accepted already stays in the line: a key stands only once.</summary>
    [Test]
    public void NamesThatAreAccepted_StayInTheAdvisedLine()
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0, 1);
        Life.Swap(0, 1);
        Life.Host.Configure(Usual, $"accept-names = namespace7.0:{Anew} namespace0.0:{HookHost.Uuid(1)}");
        var line = Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0, 1);
        Assert.That(
            VmLife.AdvisedNames(line),
            Is.EqualTo($"accept-names = namespace0.0:{HookHost.Uuid(1)} namespace1.0:{HookHost.Uuid(0)} namespace7.0:{Anew}"));
    }

    /// <summary>Where the property decides, the refusal says what to write there.</summary>
    [Test]
    public void PropertyThatNamesTheOldDevice_IsWhatHasToBeChanged()
    {
        MakeAnew(isKept: false);
        Life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        var line = Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0);
        Assert.That(line, Does.Contain($"write {Anew} there"));
        Assert.That(VmLife.Advised(line), Is.Empty);
        Life.Host.Environment["nvdimm"] = $"{Anew}";
        Life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>What is another VM's, or may be a raw area, is not advised to be taken.</summary>
    [Test]
    public void DeviceOfAnotherVm_AndARawArea_AreNotAdvisedAsAReplacement()
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0);
        Life.Lives(VmLife.Vm2, 1);
        Life.Swap(0, 1);
        AssertNothingAdvised(Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0));
        Life.Swap(0, 1);
        Life.FallBack(0);
        AssertNothingAdvised(Life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0));
    }

    private static void AssertNothingAdvised(string line) =>
        Assert.That(line, Does.Not.Contain(NvdimmCodes.NamesToAccept).And.Not.Contain(NvdimmCodes.ReplacementToDecide));

    /// <summary>
    /// A record of version 3 by kernel name does not know the mode. The device was given a uuid later: it is not the raw area of anything, and what is said
    /// is not that it fell back.
    /// </summary>
    [TestCase(3)]
    [TestCase(4)]
    public async Task DeviceThatWasGivenAUuidLater_IsNotSaidToHaveFallenBack(int version)
    {
        Life.Host.Write($"{Life.Host.Pfn(0)}/uuid", "\n");
        Life.Host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", "\n");
        Life.Lives(VmLife.Vm1, 0);
        RecordWithoutMode(version);
        Life.GiveUuid(0, Anew);
        Life.Host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", $"{VmLife.RawUuid(0):D}\n");
        foreach (var vm in new[] { VmLife.Vm1, VmLife.Vm2 })
        {
            var said = Life.Refuses(NvdimmCodes.IdentityUncertain, vm, 0);
            Assert.That(said, Does.Not.Contain(NvdimmCodes.FellBackToRaw).And.Contain("a namespace was made on it"));
        }

        Assert.That(Life.Report(), Does.Not.Contain(NvdimmCodes.FellBackToRaw));
        var advice = VmLife.Advised(Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm1, 0));
        Assert.That(advice, Is.EqualTo(new[] { new[] { "layout", "give", "namespace0.0", "--to", VmLife.Vm1 } }));
        Life.EraseLabels(0);
        await Life.Tool(0, [.. advice[0], "--yes"]);
        Life.StartsSilently(VmLife.Vm1, 0);
    }

    private static DeviceIdentity Identity(Guid uuid) =>
        DeviceIdentity.TryParse($"uuid-{uuid:D}", out var identity) ? identity : throw new ArgumentException("no identity", nameof(uuid));

    /// <summary>Writes the only record, of a kernel name, as that version does, without the mode.</summary>
    private void RecordWithoutMode(int version)
    {
        var file = Directory.GetFiles(Life.Host.State, "name-*.json").Single();
        var record = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        record["mode"] = null;
        if (version == 3)
        {
            record["schemaVersion"] = 3;
            string[] later = ["labelUuids", "contentUuid", "mode", "interleaveSet", "dimms", "host", "ownedSince", "ownedBy", "replacedBy", "distinctFrom", "dirtyShutdowns"];
            Array.ForEach(later, key => record.Remove(key));
            File.Delete(file);
            file = Path.Combine(Life.Host.State, "name-namespace0.0.json");
        }

        File.WriteAllText(file, record.ToJsonString());
    }

    /// <summary>VM 1 has used the device; then it is made anew, on another raw area where nothing is kept.</summary>
    private void MakeAnew(bool isKept)
    {
        Life.Lives(VmLife.Vm1, 0);
        if (!isKept)
        {
            Life.EraseLabels(0);
            Life.Host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", $"{Guid.NewGuid():D}\n");
        }

        Life.GiveUuid(0, Anew);
    }
}
