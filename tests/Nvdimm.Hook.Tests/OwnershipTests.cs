using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Hook.Tests;

/// <summary>Whose device it is, through the real hook: the findings of trials/guard.md, each with its right answer.</summary>
public sealed class OwnershipTests
{
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

    /// <summary>trials/guard.md 1</summary>
    [Test]
    public void RecordOfAUseThatNamesNoVm_KeepsTheOwner()
    {
        life.Lives(VmLife.Vm1, 0);
        var record = life.RecordOf(0);
        var use = new LayoutUse(record.Identity, record.Name, record.Path, record.Layout!) { LabelHash = record.LabelHash, LabelSum = record.LabelSum };
        life.Host.Ledger.Save(use);
        Assert.That(life.RecordOf(0).Owner, Is.EqualTo(record.Owner));
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1);
        life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 2</summary>
    [Test]
    public void RefusedStart_AndTheDestroyThatFollows_DoNotAcceptASwap()
    {
        life.Host.AddFsdax(1);
        life.Lives(VmLife.Vm1, 0, 1);
        life.Swap(0, 1);
        var records = life.Records;
        life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0, 1);
        life.Stop(VmLife.Vm1, 0, 1);
        Assert.That(life.Records, Is.EqualTo(records), "nothing ran");
        life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0, 1);
        life.Report();
        Assert.That(life.Reported, Is.Empty);
        life.Swap(0, 1);
        life.StartsSilently(VmLife.Vm1, 0, 1);
    }

    /// <summary>trials/guard.md 2</summary>
    [Test]
    public void RefusedStart_AndTheDestroyThatFollows_UseUpNoAcceptance()
    {
        life.Host.AddFsdax(1);
        life.Lives(VmLife.Vm1, 0);
        life.Lives(VmLife.Vm2, 1);
        life.EraseLabels(0);
        life.Refuses(NvdimmCodes.LayoutLabelsMissing, VmLife.Vm1, 0);
        AcceptMissingLabels(0);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0, 1);
        life.Stop(VmLife.Vm1, 0, 1);
        Assert.That(life.RecordOf(0).Accepted, Has.Count.EqualTo(1));
        life.Starts(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 3a</summary>
    [Test]
    public void NameThatIsAccepted_DoesNotPassForAVmWhosePropertyNamesTheDeviceThatHadIt()
    {
        life.Lives(VmLife.Vm1, 0);
        life.Host.AddFsdax(1);
        life.Swap(0, 1);
        life.Host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{HookHost.Uuid(1)}");
        life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        var line = life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
        Assert.That(line, Does.Contain(NvdimmCodes.IdentityChanged).And.Contain($"should have {HookHost.Uuid(0)}"));
        Assert.That(life.Records, Has.Count.EqualTo(1), "the fresh device is nobody's");
        life.Host.Environment["nvdimm"] = null;
        life.StartsSilently(VmLife.Vm3, 0);
        life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        life.StartsSilently(VmLife.Vm1, 1);
    }

    /// <summary>trials/guard.md 3b, 3c</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void DeviceThatThePropertyNames_IsNotPresentBecauseAnotherOneIs(bool isMadeAnew)
    {
        life.Host.AddFsdax(1);
        life.Lives(VmLife.Vm1, 0, 1);
        life.Host.Environment["nvdimm"] = isMadeAnew ? $"{HookHost.Uuid(0)},{HookHost.Uuid(1)},{Anew}" : $"{HookHost.Uuid(0)},{HookHost.Uuid(1)}";
        if (isMadeAnew)
        {
            life.GiveUuid(1, Anew);
            life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0, 1);
        }
        else
        {
            life.Swap(0, 1);
            life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
        }
    }

    /// <summary>trials/guard.md 3: one to one.</summary>
    [Test]
    public void OneDevice_IsNotTwoExpectedOnes()
    {
        life.Host.AddFsdax(1);
        life.Lives(VmLife.Vm1, 0, 1);
        life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 1);
        life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}, {HookHost.Uuid(0).ToString("D").ToUpperInvariant()}";
        life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 4: as the report advised, with and without the property; the headers of the three alignments.</summary>
    [TestCase(2)]
    [TestCase(18)]
    [TestCase(34)]
    public void RawAreaUnderAVmsNamespace_IsRefusedToEverybody_WhateverIsAccepted(long header)
    {
        var space = Guid.NewGuid();
        life.Starts(VmLife.Vm1, 0);
        life.WriteLabels(0, space);
        life.Stop(VmLife.Vm1, 0);
        life.FallBack(0, space, header << 20);
        life.Host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{VmLife.RawUuid(0)}");
        life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm2, 0);
        life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        life.Host.Environment["nvdimm"] = $"{VmLife.RawUuid(0)}";
        life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 5</summary>
    [Test]
    public void CloneThatCarriesThePropertyAlong_DoesNotGetTheDevice()
    {
        life.Lives(VmLife.Vm1, 0);
        life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 6: every host has a namespace0.0.</summary>
    [Test]
    public void RecordOfAnotherHost_IsInNobodysWay()
    {
        const string Other = "1234567890abcdef1234567890abcdef";
        StateFolder.Make(life.Host.State, Other);
        var other = new LayoutLedger(life.Host.State, TimeProvider.System, Other);
        life.Starts(VmLife.Vm1, 0);
        var record = life.RecordOf(0);
        life.Host.Ledger.Forget(record.Identity);
        life.Stop(VmLife.Vm1, 0);
        Assert.That(DeviceIdentity.TryParse("name-namespace0.0", out var name), Is.True);
        other.Save(new LayoutUse(name!, record.Name, record.Path, record.Layout!) { VmId = VmLife.Vm1, VmName = "one" });
        life.WriteLabels(0, Guid.NewGuid());
        life.Starts(VmLife.Vm2, 0);
        Assert.That(life.RecordOf(0).VmId, Is.EqualTo(VmLife.Vm2));
    }

    /// <summary>trials/guard.md 8: a namespace made anew under another name, and under the old one.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void LabelsThatAnotherVmsRecordKnows_AreRefused(bool isOldName)
    {
        life.Lives(VmLife.Vm1, 0);
        life.GiveUuid(0, Anew);
        if (!isOldName)
        {
            life.Host.AddFsdax(1);
            life.Swap(0, 1);
        }

        var line = life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, isOldName ? 0 : 1);
        Assert.That(line, Does.Contain($"uuid-{HookHost.Uuid(0)}").And.Contain("the guest's labels").And.Contain("nvdimm layout give"));
    }

    /// <summary>trials/guard.md 8: neither device has a uuid, and each has the labels of the other's VM.</summary>
    [Test]
    public void DevicesWithoutUuid_ThatHaveSwappedNames_AreRefused()
    {
        WithoutUuid(0);
        life.Host.AddFsdax(1);
        WithoutUuid(1);
        life.Lives(VmLife.Vm1, 0);
        life.Lives(VmLife.Vm2, 1);
        life.Swap(0, 1);
        life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 1);
        life.Swap(0, 1);
        life.Starts(VmLife.Vm1, 0);
        life.Starts(VmLife.Vm2, 1);
    }

    /// <summary>trials/guard.md 8: a device that gets a uuid, or loses it. Another VM is refused; the owner comes without its device, which is said.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void DeviceThatGetsOrLosesItsUuid_StaysTheOwners(bool gets)
    {
        if (gets)
        {
            WithoutUuid(0);
        }

        life.Lives(VmLife.Vm1, 0);
        if (gets)
        {
            life.GiveUuid(0, Anew);
        }
        else
        {
            WithoutUuid(0);
        }

        life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 9</summary>
    [Test]
    public void LabelsThatTheGuestErased_AreAcceptedOnce()
    {
        life.Lives(VmLife.Vm1, 0);
        life.EraseLabels(0);
        life.Refuses(NvdimmCodes.LayoutLabelsMissing, VmLife.Vm1, 0);
        AcceptMissingLabels(0);
        life.Starts(VmLife.Vm1, 0);
        life.Stop(VmLife.Vm1, 0);
        life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 10</summary>
    [Test]
    public void TwoNamespacesWithOneUuid_AreRefusedToEverybody()
    {
        life.Lives(VmLife.Vm1, 0);
        life.Host.AddFsdax(1, uuid: HookHost.Uuid(0));
        var line = life.Refuses(NvdimmCodes.IdentityTwice, VmLife.Vm1, 0);
        Assert.That(line, Does.Contain("namespace0.0 and namespace1.0"));
        life.Refuses(NvdimmCodes.IdentityTwice, VmLife.Vm1, 1);
        life.Refuses(NvdimmCodes.IdentityTwice, VmLife.Vm2, 1);
        life.GiveUuid(1, Anew);
        life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 11</summary>
    [Test]
    public void StateFolderThatIsGone_IsMadeByNoHook_AndNoDeviceIsTakenForANewOne()
    {
        life.Lives(VmLife.Vm1, 0);
        Directory.Delete(life.Host.State, recursive: true);
        using var qemu = new FakeQemu(life.Host, "pmem-vm", VmLife.Vm1, life.Host.Device(0));
        foreach (var point in HookPoints.Names)
        {
            life.Host.Run(point, point == "after_hostdev_list_by_caps" ? "{}" : life.Host.Domain("engine-one.xml"));
            Assert.That(Directory.Exists(life.Host.State), Is.False, point);
        }

        life.Report();
        Assert.That(life.Start(VmLife.Vm2, 0).Status, Is.EqualTo(ExitStatus.Refused));

        // What systemd-tmpfiles makes at the next boot has no marker.
        Directory.CreateDirectory(life.Host.State);
        life.Host.Environment["vmId"] = VmLife.Vm2;
        var line = life.Host.AssertRefused("before_vm_start", life.Host.Domain("engine-one.xml"), NvdimmCodes.StateFolderForeign);
        Assert.That(line, Does.Contain("Restore the folder from a backup"));
    }

    /// <summary>trials/guard.md 12: a setting is needed for one start only.</summary>
    [Test]
    public void NameThatIsAccepted_ReplacesWhatIsExpected_AndIsNotNeededAgain()
    {
        life.Lives(VmLife.Vm1, 0);
        life.EraseLabels(0);
        life.Host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", $"{Guid.NewGuid():D}\n");
        life.GiveUuid(0, HookHost.Uuid(5));
        life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0);
        life.Host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{HookHost.Uuid(5)}");
        life.StartsSilently(VmLife.Vm1, 0);
        Assert.That((life.RecordOf(0).ReplacedBy, life.RecordOf(0).IsExpected), Is.EqualTo((life.RecordOf(5).Identity, false)));
        life.Stop(VmLife.Vm1, 0);
        life.Host.Configure("unverified-hypervisor = warn");
        life.StartsSilently(VmLife.Vm1, 0);
        life.Stop(VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1);
    }

    /// <summary>trials/guard.md 12: which of two records of one name counts does not depend on their uuids.</summary>
    [TestCase("01000000-82b6-40ad-8962-6f0412bab47d")]
    [TestCase("ffffffff-82b6-40ad-8962-6f0412bab47d")]
    public void RecordOfEarlierThatHadTheName_IsInNobodysWay(string earlier)
    {
        life.GiveUuid(0, Guid.Parse(earlier));
        life.Lives(VmLife.Vm1, 0);
        life.Host.Ledger.Give(life.Records.Single().Identity, "namespace0.0", life.Host.Device(0), owner: null, [], []);
        life.EraseLabels(0);
        life.Host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", $"{Guid.NewGuid():D}\n");
        life.GiveUuid(0, HookHost.Uuid(0));
        life.Starts(VmLife.Vm2, 0);
        life.Stop(VmLife.Vm2, 0);
        life.Report();
        Assert.That(life.Reported, Is.EqualTo(new[] { "namespace0.0" }));
        life.StartsSilently(VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 12</summary>
    [Test]
    public void IdOfAVmInAnotherCase_IsTheSameVm()
    {
        life.Lives(VmLife.Vm1, 0);
        life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1.ToUpperInvariant());
        life.StartsSilently(VmLife.Vm1.ToUpperInvariant(), 0);
    }

    private void AcceptMissingLabels(int number)
    {
        var record = life.RecordOf(number);
        var finding = Finding.Error(NvdimmCodes.LayoutLabelsMissing, ("device", record.Name), ("offset", $"{RowNames.EngineOffset}"),
            ("labels", record.LabelHash!));
        life.Host.Ledger.Accept(record.Identity, record.Name, record.Path, [finding], "root");
    }

    private void WithoutUuid(int number)
    {
        life.Host.Write($"{life.Host.Pfn(number)}/uuid", "\n");
        life.Host.Write($"sys/devices/ndbus0/region{number}/namespace{number}.0/uuid", "\n");
    }
}
