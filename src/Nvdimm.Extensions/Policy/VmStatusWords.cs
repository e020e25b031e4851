namespace Nvdimm.Extensions.Policy;

/// <summary>The words of the engine's texts for a status (oVirt Engine 4.5, <c>AppErrors.properties</c>, VAR__VM_STATUS__…).</summary>
internal static class VmStatusWords
{
    public static string Of(VmStatus status) => status switch
    {
        VmStatus.ImageLocked => "Image Locked",
        VmStatus.NotResponding => "Not Responding",
        VmStatus.PoweringDown => "Powering Down",
        VmStatus.PoweringUp => "Powering Up",
        VmStatus.RebootInProgress => "Reboot in Progress",
        VmStatus.RestoringState => "Restoring State",
        VmStatus.SavingState => "Saving State",
        VmStatus.WaitForLaunch => "Wait for Launch",
        _ => status.ToString(),
    };
}
