import "./catalogue.css";
import "../../lesson/catalogue-element";
import "../shared/theme-button";
import { followTheme } from "../../kit/theme";

followTheme();
