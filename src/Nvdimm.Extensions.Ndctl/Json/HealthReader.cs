namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// Reads the health of a DIMM (<c>ndctl list -D -H</c>): its state and alarms. Measured values and thresholds are ignored.
/// </summary>
internal sealed class HealthReader(ValueReader values)
{
    /// <summary>Reads the value of the key <c>health</c>, at which the reader is positioned.</summary>
    public void Read(ListedObject dimm)
    {
        if (!values.EnterObject(dimm))
        {
            return;
        }

        while (values.NextKey() is { } key)
        {
            ReadValue(dimm, key);
        }
    }

    private void ReadValue(ListedObject dimm, NdctlKey key)
    {
        switch (key)
        {
            case NdctlKey.Health_State:
                dimm.Dimm.HealthState = values.ReadWord(dimm, key);
                break;
            case NdctlKey.Shutdown_State:
                dimm.Dimm.ShutdownState = values.ReadWord(dimm, key);
                break;
            case NdctlKey.Alarm_Temperature:
                dimm.Dimm.AlarmTemperature = values.ReadFlag(dimm, key);
                break;
            case NdctlKey.Alarm_Controller_Temperature:
                dimm.Dimm.AlarmControllerTemperature = values.ReadFlag(dimm, key);
                break;
            case NdctlKey.Alarm_Spares:
                dimm.Dimm.AlarmSpares = values.ReadFlag(dimm, key);
                break;
            default:
                values.Skip();
                break;
        }
    }
}
