import "./styles/catalogue.css";
import "./theme-button";
import { followTheme } from "./theme";

followTheme();
